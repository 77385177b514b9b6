import * as z from 'zod/mini'
import { foldUsage } from './foldUsage.ts'
import { type ListedRun, listRuns } from './listRuns.ts'
import { type MigrationDatabase, type Run, runSchema } from './migrationDatabase.ts'
import { MigrationFailure } from './migrationFailure.ts'
import { type RunStatus, readStatus } from './runStatus.ts'
import { unfinishedRun } from './unfinishedRun.ts'

const stoppedSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.enum(['stopped', 'already', 'refused']), run: runSchema }),
  z.object({ outcome: z.literal('unknown-run') }),
])

/** Watches and stops a run that somebody else works on, from another terminal or the admin page. */
export class RunControl {
  readonly #database: MigrationDatabase
  readonly #person: string

  /** @param person who does it, as the workers and the record of the run name them */
  constructor(database: MigrationDatabase, person: string) {
    this.#database = database
    this.#person = person
  }

  /** How the run that did not end is doing, or else the latest. @throws MigrationFailure */
  status(): Promise<RunStatus> {
    return readStatus(this.#database)
  }

  /** All of them, the newest first. @throws MigrationFailure */
  runs(): Promise<ListedRun[]> {
    return listRuns(this.#database)
  }

  /**
   * Ends the run's workers after the batch under way; whoever resumes it goes on.
   * @returns the run, and whether it was paused before
   * @throws MigrationFailure `unknown-run`, or `busy` when it is in no state to be paused
   */
  pause(): Promise<{ run: Run; already: boolean }> {
    return this.#stop('paused')
  }

  /**
   * Ends the run for good, keeping what it did: a new run migrates the rest, a rollback takes it back.
   * @throws MigrationFailure `unknown-run`, or `busy` when it is in no state to be cancelled
   */
  cancel(): Promise<{ run: Run; already: boolean }> {
    return this.#stop('cancelled')
  }

  async #stop(to: 'paused' | 'cancelled'): Promise<{ run: Run; already: boolean }> {
    const latest = unfinishedRun(await this.#database.run(null))
    if (latest === null) throw noRun(to)
    const answer = await this.#database.call(
      'tag_migration_stop',
      { p_run: latest.id, p_to: to, p_worker: this.#person },
      stoppedSchema,
    )
    if (answer.outcome === 'unknown-run') throw noRun(to)
    if (answer.outcome === 'refused') throw refused(answer.run, to)
    // Whoever worked on it may be gone, and nobody knows for how long it stands: usage counts must not be wrong until then.
    await foldUsage(this.#database, latest.id)
    return { run: answer.run, already: answer.outcome === 'already' }
  }
}

const VERB = { paused: 'pause', cancelled: 'cancel' } as const

function noRun(to: keyof typeof VERB): MigrationFailure {
  return new MigrationFailure('unknown-run', `There is no run to ${VERB[to]}.`, {
    advice: 'See the earlier ones with: npm run migrate -- --status --all',
  })
}

function refused(run: Run, to: keyof typeof VERB): MigrationFailure {
  const now = run.status.replace('_', ' ')
  return new MigrationFailure('busy', `Run ${run.id} is ${now}, so there is nothing to ${VERB[to]}.`, {
    advice:
      run.status === 'failed'
        ? 'Go on with: npm run migrate -- --resume'
        : 'See it with: npm run migrate -- --status',
  })
}
