import type * as z from 'zod/mini'
import { SeededRandom } from '../seed/seededRandom.ts'
import { launchTagCommand, type TagCommand } from '../testing/tagCommand.ts'
import { migratedSchema, rolledBackSchema, validatedSchema } from './answers.ts'
import { journalProblems } from './journalProblems.ts'
import { killAt } from './killAt.ts'
import { drawMoment, momentText, type UndisturbedSession } from './moment.ts'
import type { Reference } from './reference.ts'
import { differences, takeSnapshot } from './snapshot.ts'
import { type Cluster, openSongbook, type Songbook } from './songbook.ts'

export interface KillRunOptions {
  cluster: Cluster
  template: string
  reference: Reference
  randomSeed: string
  /** Counts from 1; with the seed it decides every moment. */
  run: number
  /** Whether it also goes back, twice, and forward once more. */
  andBack: boolean
}

/** One kill, for people. */
interface Kill {
  command: TagCommand
  /** As it was drawn. */
  moment: string
  /** What was under way; undefined when the process ended before its moment. */
  at: string | undefined
  /** Batches committed when the process was gone: forward, and back. */
  batches: number
  batchesBack: number
}

export interface KillRunResult {
  run: number
  kills: Kill[]
  /** Everything that differs from the undisturbed run; empty when nothing does. */
  divergences: string[]
  durationMs: number
}

/** More sessions than any number of kills explains. */
const MOST_SESSIONS = 12
/** After these calls a session has nothing left that could be interrupted. */
const LAST_OF_MIGRATE = { name: 'tag_migration_transition', nth: 2 }
const LAST_OF_ROLLBACK = { name: 'tag_migration_rollback_finish', nth: 1 }

/** Migrates with kills, resumes and compares; then the same back, and once more undisturbed. */
export async function killRun(options: KillRunOptions): Promise<KillRunResult> {
  const started = performance.now()
  const book = await openSongbook(options.cluster, options.template)
  const trial = new Trial(book, options)
  try {
    await trial.forward()
    if (options.andBack) await trial.back()
  } catch (error) {
    trial.divergences.push(error instanceof Error ? error.message : String(error))
  } finally {
    await book.drop()
  }
  const { kills, divergences } = trial
  return { run: options.run, kills, divergences, durationMs: performance.now() - started }
}

class Trial {
  readonly kills: Kill[] = []
  readonly divergences: string[] = []
  readonly #book: Songbook
  readonly #reference: Reference
  readonly #random: SeededRandom

  constructor(book: Songbook, { reference, randomSeed, run }: KillRunOptions) {
    this.#book = book
    this.#reference = reference
    this.#random = new SeededRandom(`${randomSeed}/kill/${run}`)
  }

  async forward(): Promise<void> {
    if (this.#random.chance(0.2)) {
      await this.#killed('migrate', this.#migrateArgs(null), this.#reference.migrate, LAST_OF_MIGRATE)
      // Given up half-way: taken back from wherever it stands.
      if ((await this.#status()) !== null) await this.#rollBack('rolled back half-way', false)
    }
    await this.#migrateWithKills()
    await this.#compare('migrated', this.#reference.migrated)
    this.#note('journal', await journalProblems(this.#book.sql))
    this.#sameCertificate('validate', await this.#succeed('validate', [], validatedSchema))
  }

  async back(): Promise<void> {
    const { migrated, seeded } = this.#reference
    await this.#rollBack('rolled back', this.#random.chance(0.5))
    const again = await this.#succeed('rollback', ['--exact', '--yes'], rolledBackSchema)
    if (again.alreadyRolledBack === false)
      this.divergences.push('a second rollback does not say that it has nothing to do')
    await this.#compare('rolled back twice', seeded)

    this.#sameCertificate('migrated again', await this.#succeed('migrate', [], migratedSchema))
    await this.#compare('migrated again', migrated)
  }

  /** The first session always dies; later ones sometimes. */
  async #migrateWithKills(): Promise<void> {
    for (let session = 0; session < MOST_SESSIONS; session += 1) {
      const status = await this.#status()
      if (status === 'complete') return
      const args = this.#migrateArgs(status)
      const { migrate } = this.#reference
      if (session === 0) await this.#killed('migrate', args, migrate, LAST_OF_MIGRATE)
      else if (session < 4 && this.#random.chance(0.4)) await this.#killed('migrate', args, migrate)
      else await this.#launch('migrate', args).ended
    }
    throw new Error(`The migration did not end in ${MOST_SESSIONS} sessions.`)
  }

  #migrateArgs(status: string | null): string[] {
    const resume = status === null || status === 'rolled_back' ? [] : ['--resume']
    // Small at first, so that even a small songbook has batches to be killed between.
    return [...resume, '--batch-size', '10']
  }

  async #rollBack(what: string, withKill: boolean): Promise<void> {
    const args = ['--exact', '--yes']
    if (withKill) await this.#killed('rollback', args, this.#reference.rollback, LAST_OF_ROLLBACK)
    await this.#succeed('rollback', args, rolledBackSchema)
    await this.#compare(what, this.#reference.seeded)
    const status = await this.#status()
    if (status !== 'rolled_back') this.divergences.push(`${what}: the run is ${status}`)
  }

  async #killed(
    command: TagCommand,
    args: string[],
    undisturbed: UndisturbedSession,
    last?: { name: string; nth: number },
  ): Promise<void> {
    const { gate, sql } = this.#book
    const moment = drawMoment(this.#random, undisturbed)
    const { killedAt } = await killAt(this.#launch(command, args), gate, moment, last)
    const [batches] = await sql<{ forward: number; back: number }[]>`
      select count(*) filter (where not b.is_rollback)::integer as forward,
        count(*) filter (where b.is_rollback)::integer as back
      from tag_migration.batch as b`
    this.kills.push({
      command,
      moment: momentText(moment),
      at: killedAt,
      batches: batches?.forward ?? 0,
      batchesBack: batches?.back ?? 0,
    })
  }

  #launch(command: TagCommand, args: readonly string[]) {
    return launchTagCommand(command, args, this.#book)
  }

  /** @throws Error when the command does not do what it must */
  async #succeed<Answer>(
    command: TagCommand,
    args: readonly string[],
    schema: z.ZodMiniType<Answer>,
  ): Promise<Answer> {
    const { code, answer, stderr } = await this.#launch(command, args).ended
    const parsed = schema.safeParse(answer)
    if (code === 0 && parsed.success) return parsed.data
    const said = answer === undefined ? stderr.trim() : JSON.stringify(answer).slice(0, 1000)
    throw new Error(`${command} ended with exit code ${code}: ${said}`)
  }

  async #status(): Promise<string | null> {
    const [run] = await this.#book.sql<{ status: string; certificate: string | null }[]>`
      select r.status, r.certificate from tag_migration.run as r order by r.started_at desc limit 1`
    if (run?.status === 'complete') this.#sameCertificate('the run', run)
    return run?.status ?? null
  }

  #sameCertificate(what: string, { certificate }: { certificate: string | null }): void {
    const expected = this.#reference.certificate
    if (certificate !== expected)
      this.divergences.push(`${what}: certificate ${certificate} instead of ${expected}`)
  }

  async #compare(what: string, expected: Reference['seeded']): Promise<void> {
    // Calls of killed processes may still be at work.
    await this.#book.gate.idle()
    this.#note(what, differences(expected, await takeSnapshot(this.#book.sql)))
  }

  #note(what: string, problems: readonly string[]): void {
    this.divergences.push(...problems.map((problem) => `${what}: ${problem}`))
  }
}
