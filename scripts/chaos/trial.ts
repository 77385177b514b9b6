import type { SeededRandom } from '../seed/seededRandom.ts'
import { runnerFor } from '../testing/migrationFixture.ts'
import { drawWayBack, wayBackText } from './backForms.ts'
import type { Boundary } from './boundaries/installBoundaries.ts'
import { differencesFromModel } from './compare.ts'
import { BoundaryFault } from './faults/boundaryFault.ts'
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
import type { RestartableCluster } from './stack/restartableCluster.ts'
import { Crew } from './workers/crew.ts'
import type { Ailment, EndedWorker } from './workers/worker.ts'
import { historyOf } from './writers/historyOf.ts'
import { readLog } from './writers/readLog.ts'
import { Staff } from './writers/staff.ts'

export interface TrialOptions {
  random: SeededRandom
  fault: FaultName
  planPath: string
  /** Where server processes can be ended, when that is the fault. */
  boundaries: readonly Boundary[]
  /** Longest pause of a writer between two edits, milliseconds. */
  pauseMs: number
  cluster: Pick<RestartableCluster, 'crash' | 'deadlocks' | 'keys'>
}

/** Of so many songs that differ it is said what happened to them. */
const HISTORIES = 3

/** Faults of a worker's own machine, from its start on. */
const AILMENTS: ReadonlySet<FaultName> = new Set(['full-log', 'skewed-clock', 'small-heap'])

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
  /** Where the second worker calls, so that its first call is seen. */
  readonly #secondProxy: FaultProxy
  readonly #secondHeard = Promise.withResolvers<void>()
  #secondUrl = ''
  #joined: Promise<unknown> | undefined

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
      const hold = call.name === 'tag_migration_batch' ? this.#begin() : undefined
      return { ...this.#injector.treat(call), ...(hold && { hold }) }
    })
    this.#secondProxy = new FaultProxy(book.api.url, (call) => {
      this.#secondHeard.resolve()
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
    const { random, cluster } = this.#options
    const songs = drawSongs(random, 60 + random.below(120))
    this.#songs = songs
    await addSongs(this.#book.sql, songs)
    await savePlan(planFile(rawsOf(songs), vocabulary))
    this.#crew = new Crew({
      SUPABASE_URL: await this.#proxy.listen(),
      SUPABASE_SECRET_KEY: cluster.keys.secretKey,
    })
    this.#secondUrl = await this.#secondProxy.listen()
    this.#staff = await Staff.hire(this.#book, songs, this.#options)
    const model = new ModelSongbook(vocabulary, songs)
    const boundaries = await BoundaryFault.arm(this.#book.superuser, this.#options.boundaries, random)
    await this.#forward(this.#crew, this.#staff, model)
    if (this.divergences.length === 0) await this.#back(this.#crew, this.#staff, model)
    // Songs put aside, or validation that found something: nothing here explains either, also if the next session mends it.
    this.divergences.push(...this.#crew.ended.filter(({ code }) => code === 3).map(wordsOf))
    this.strikes.push(...(await boundaries.strikes()))
  }

  async end(): Promise<void> {
    await this.#staff?.leave()
    await this.#settle()
    await Promise.all([this.#proxy.close(), this.#secondProxy.close()])
  }

  /**
   * The first batch has come: people write, and a second worker joins.
   * @returns what the other batches wait for, which would all be over before that worker has started
   */
  #begin(): Promise<unknown> | undefined {
    if (this.#crew === undefined) return
    if (this.#joined !== undefined) return Promise.race([this.#secondHeard.promise, this.#joined])
    this.#staff?.begin()
    const join = ['--join', '--workers', '2', '--batch-size', '10']
    this.#joined = this.#crew.run('migrate', join, {}, this.#secondUrl)
    return undefined
  }

  async #forward(crew: Crew, staff: Staff, model: ModelSongbook): Promise<void> {
    const { random, fault } = this.#options
    this.#injector.arm(drawFault(random, fault, 'forward'))
    const sessions = await this.#migrate(crew)
    await this.#joined
    if (fault === 'small-heap' && sessions > 1)
      this.divergences.push('the small heap was noticed', ...crew.ended.map(wordsOf))
    await staff.pause()
    await this.#settle()
    await this.#note('migrated', staff.problems)
    await this.#validate()
    model.replay(await readLog(this.#book.sql))
    model.migrateRest()
    await this.#compare('migrated', model)
  }

  async #back(crew: Crew, staff: Staff, model: ModelSongbook): Promise<void> {
    const { random, fault } = this.#options
    const way = drawWayBack(random)
    this.form = wayBackText(way)
    if (way.isPartlyFirst) await this.#partlyBack(crew, model)
    if (this.divergences.length > 0) return
    const read = await readLog(this.#book.sql)
    this.#injector.arm(random.chance(0.6) ? drawFault(random, fault, 'back') : undefined)
    if (random.chance(0.5)) staff.goOn('back')
    await crew.until(async (session) => {
      if ((await this.#status()) === 'rolled_back') return null
      const args = ['--yes', ...(way.form === 'exact' ? ['--exact'] : [])]
      return [crew.run('rollback', args, this.#ailment(session))]
    })
    await staff.pause()
    await this.#settle()
    await this.#note('taken back', staff.problems)
    model.replayBack((await readLog(this.#book.sql)).slice(read.length), way.form)
    await this.#compare('taken back', model)
  }

  /** @returns sessions that it took */
  #migrate(crew: Crew): Promise<number> {
    return crew.until(async (session) => {
      const status = await this.#status()
      if (status === 'complete') return null
      const what = status === null ? ['--plan', this.#options.planPath] : ['--resume']
      return [crew.run('migrate', [...what, '--batch-size', '10'], this.#ailment(session))]
    })
  }

  /** Without the command, which adds only words to this and takes half a second to start. */
  async #validate(): Promise<void> {
    const target = { apiUrl: this.#book.api.url(), secretKey: this.#options.cluster.keys.secretKey, fetch }
    const report = await runnerFor(target, { maxRetries: 5, retryDelayMs: 50 }).validate()
    if (!report.valid)
      this.divergences.push(`not valid: ${JSON.stringify(report.checks.filter(({ ok }) => !ok))}`)
    const [run] = await this.#book.sql<{ certificate: string | null }[]>`
      select r.certificate from tag_migration.run as r order by r.started_at desc limit 1`
    // Whatever people edited and deleted since.
    if (report.certificate !== run?.certificate)
      this.divergences.push(`the certificate is ${report.certificate}, and ${run?.certificate} was issued`)
  }

  /** Takes back all but the first batches, compares, and migrates them again. */
  async #partlyBack(crew: Crew, model: ModelSongbook): Promise<void> {
    const { sql } = this.#book
    const [kept] = await sql<{ number: string }[]>`
      select b.number from tag_migration.batch as b where not b.is_rollback order by b.number limit 1 offset 1`
    const end = await crew.run('rollback', ['--to', kept?.number ?? '1', '--yes'])
    if (end.code !== 0)
      this.divergences.push(`rollback --to ended with ${end.code}: ${end.stdout}${end.stderr}`)
    const taken = await sql<{ id: string }[]>`
      select s.id from public.songs as s
      where not exists (select from tag_migration.song_state as t where t.song_id = s.id)`
    model.takeBackThese(taken.map(({ id }) => id))
    await this.#compare('taken back to a batch', model)
    await this.#migrate(crew)
    model.migrateRest()
    await this.#compare('migrated again', model)
    await this.#validate()
  }

  /** What is the matter with the first session's machine, or with all of them. */
  #ailment(session: number): Ailment {
    const { fault } = this.#options
    if (AILMENTS.has(fault) && session === 0) this.strikes.push('a worker of its own')
    if (fault === 'small-heap') return { smallHeap: true }
    if (session > 0) return {}
    return { fullLog: fault === 'full-log', skewedClock: fault === 'skewed-clock' }
  }

  async #settle(): Promise<void> {
    await this.#injector.settled()
    await Promise.all([this.#proxy.idle(), this.#secondProxy.idle()])
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
    for (const [place, { song, text }] of differences.entries()) {
      const history = place < HISTORIES ? historyOf(song, this.#songs, log) : []
      this.divergences.push(`${when}: ${text}`, ...history)
    }
  }

  async #note(when: string, problems: readonly string[]): Promise<void> {
    this.divergences.push(...problems.map((problem) => `${when}: ${problem}`))
    if (problems.some((problem) => problem.includes('40P01')))
      this.divergences.push(...(await this.#options.cluster.deadlocks()))
  }
}

function rawsOf(songs: readonly FirstSong[]): Set<string> {
  return new Set(songs.flatMap(({ themes }) => (themes ?? []).filter((raw) => raw !== null)))
}

function wordsOf({ command, code, stderr, stdout }: EndedWorker): string {
  return `    ${command} ended with ${code}: ${stderr.trim().slice(-1000)} ${stdout.trim().slice(-500)}`
}
