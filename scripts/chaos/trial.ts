import { z } from 'zod'
import type { SeededRandom } from '../seed/seededRandom.ts'
import type { StackKeys } from '../stack/keys.ts'
import { differencesFromModel } from './compare.ts'
import { drawFault } from './faults/drawFault.ts'
import type { FaultName } from './faults/faultNames.ts'
import { FaultProxy } from './faults/faultProxy.ts'
import { Injector } from './faults/injector.ts'
import { type FirstSong, ModelSongbook } from './model/modelSongbook.ts'
import { addSongs } from './songbook/addSongs.ts'
import { drawSongs } from './songbook/drawSongs.ts'
import type { Songbook } from './songbook/openSongbook.ts'
import { planFile } from './songbook/planFile.ts'
import { vocabulary } from './songbook/vocabulary.ts'
import { Crew } from './workers/crew.ts'
import type { Ailment } from './workers/worker.ts'
import { historyOf } from './writers/historyOf.ts'
import { readLog } from './writers/readLog.ts'
import { Staff } from './writers/staff.ts'

export interface TrialOptions {
  random: SeededRandom
  fault: FaultName
  planPath: string
  cluster: { crash(): Promise<void>; keys: StackKeys }
  env: Readonly<Record<string, string>>
}

const validSchema = z.object({ valid: z.literal(true) })

/** One run of the suite: forward, compared, back, compared. */
export class Trial {
  readonly divergences: string[] = []
  readonly strikes: string[] = []
  form = ''
  readonly #book: Songbook
  readonly #options: TrialOptions
  readonly #proxy: FaultProxy
  readonly #injector: Injector
  #songs: readonly FirstSong[] = []
  #crew: Crew | undefined
  #staff: Staff | undefined

  constructor(book: Songbook, options: TrialOptions) {
    this.#book = book
    this.#options = options
    this.#injector = new Injector({
      workers: () => this.#crew?.children ?? [],
      superuser: book.superuser,
      crash: () => options.cluster.crash(),
    })
    this.#proxy = new FaultProxy(book.api.url, (call) => {
      // By then what keeps songs in step is on, and no plan can go stale.
      if (call.name === 'tag_migration_batch') this.#staff?.begin()
      return this.#injector.treat(call)
    })
  }

  get edits(): number {
    return this.#staff?.edits ?? 0
  }

  get processes(): number {
    return this.#crew?.ended.length ?? 0
  }

  /** @param savePlan puts the plan where the workers look for it */
  async run(savePlan: (plan: string) => Promise<void>): Promise<void> {
    const { random, cluster, env } = this.#options
    const songs = drawSongs(random, 60 + random.below(120))
    this.#songs = songs
    await addSongs(this.#book.sql, songs)
    await savePlan(planFile(rawsOf(songs), vocabulary))
    this.#crew = new Crew({
      ...env,
      SUPABASE_URL: await this.#proxy.listen(),
      SUPABASE_SECRET_KEY: cluster.keys.secretKey,
    })
    this.#staff = await Staff.hire(this.#book, songs, random)
    const model = new ModelSongbook(vocabulary, songs)
    await this.#forward(this.#crew, this.#staff, model)
    if (this.divergences.length === 0) await this.#back(this.#crew, this.#staff, model)
  }

  async end(): Promise<void> {
    await this.#staff?.leave()
    await this.#settle()
    await this.#proxy.close()
  }

  async #forward(crew: Crew, staff: Staff, model: ModelSongbook): Promise<void> {
    const { random, fault, planPath } = this.#options
    this.#injector.arm(drawFault(random, fault, 'forward'))
    await crew.until(async (session) => {
      const status = await this.#status()
      if (status === 'complete') return null
      const what = status === null ? ['--plan', planPath] : ['--resume']
      return [crew.run('migrate', [...what, '--batch-size', '10'], this.#ailment(session))]
    })
    if (fault === 'small-heap' && crew.ended.length > 1) this.divergences.push('the small heap was noticed')
    await staff.pause()
    await this.#settle()
    this.#note('migrated', staff.problems)
    const validation = await crew.run('validate', [])
    if (!validSchema.safeParse(lastLine(validation.stdout)).success)
      this.divergences.push(
        `validate ended with ${validation.code}: ${validation.stdout}${validation.stderr}`,
      )
    model.replay(await readLog(this.#book.sql))
    model.migrateRest()
    await this.#compare('migrated', model)
  }

  async #back(crew: Crew, staff: Staff, model: ModelSongbook): Promise<void> {
    const { random, fault } = this.#options
    const form = random.pick(['default', 'exact'] as const)
    this.form = form
    const read = await readLog(this.#book.sql)
    this.#injector.arm(random.chance(0.6) ? drawFault(random, fault, 'back') : undefined)
    if (random.chance(0.5)) staff.goOn('back')
    await crew.until(async (session) => {
      if ((await this.#status()) === 'rolled_back') return null
      const args = ['--yes', ...(form === 'exact' ? ['--exact'] : [])]
      return [crew.run('rollback', args, this.#ailment(session))]
    })
    await staff.pause()
    await this.#settle()
    this.#note('taken back', staff.problems)
    model.replayBack((await readLog(this.#book.sql)).slice(read.length), form)
    await this.#compare('taken back', model)
  }

  /** What is the matter with the first session's machine, or with all of them. */
  #ailment(session: number): Ailment {
    const { fault } = this.#options
    if (fault === 'small-heap') return { smallHeap: true }
    if (session > 0) return {}
    if (fault === 'full-log' || fault === 'skewed-clock') this.strikes.push(fault)
    return { fullLog: fault === 'full-log', skewedClock: fault === 'skewed-clock' }
  }

  async #settle(): Promise<void> {
    await this.#injector.settled()
    await this.#proxy.idle()
    this.strikes.push(...this.#injector.strikes)
    this.#injector.arm(undefined)
  }

  async #status(): Promise<string | null> {
    await this.#injector.settled()
    const [run] = await this.#book.sql<{ status: string }[]>`
      select r.status from tag_migration.run as r order by r.started_at desc limit 1`
    return run?.status ?? null
  }

  async #compare(when: string, model: ModelSongbook): Promise<void> {
    const differences = await differencesFromModel(this.#book.sql, model)
    const log = differences.length === 0 ? [] : await readLog(this.#book.sql)
    for (const { song, text } of differences) {
      this.divergences.push(`${when}: ${text}`, ...historyOf(song, this.#songs, log))
    }
  }

  #note(when: string, problems: readonly string[]): void {
    this.divergences.push(...problems.map((problem) => `${when}: ${problem}`))
  }
}

function rawsOf(songs: readonly FirstSong[]): Set<string> {
  return new Set(songs.flatMap(({ themes }) => (themes ?? []).filter((raw) => raw !== null)))
}

function lastLine(stdout: string): unknown {
  try {
    return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')
  } catch {
    return undefined
  }
}
