import { foldUsage } from './foldUsage.ts'
import type { MigrationDatabase, Run } from './migrationDatabase.ts'
import { MigrationFailure } from './migrationFailure.ts'
import type { MigrationReporter } from './migrationReporter.ts'
import { movedSchema, moveRun } from './moveRun.ts'
import { RollbackManager, type RollbackOptions } from './rollbackManager.ts'
import { NOT_IN_THIS_STATE } from './sqlStates.ts'
import { Fenced } from './takenOver.ts'

export interface RunEndingOptions extends Pick<RollbackOptions, 'worker' | 'sizer'> {
  rollbackOnFailure: boolean
  /** Whether it is another worker's run: then it goes on without this one. */
  isJoined: boolean
}

/** Leaves a run that does not go on so that it can: paused by a person, or failed. */
export class RunEnding {
  readonly #database: MigrationDatabase
  readonly #reporter: MigrationReporter
  readonly #options: RunEndingOptions

  constructor(database: MigrationDatabase, reporter: MigrationReporter, options: RunEndingOptions) {
    this.#database = database
    this.#reporter = reporter
    this.#options = options
  }

  /**
   * Pauses it, unless it is complete: the answer to its last step may have been lost on the way.
   * @throws MigrationFailure
   */
  async pause(run: Run): Promise<'paused' | 'complete'> {
    try {
      await moveRun(this.#database, run, { to: 'paused', worker: this.#options.worker })
    } catch (error) {
      if (await this.#isComplete(run, error)) return 'complete'
      throw error
    }
    // Nobody knows for how long; usage counts must not be wrong until then.
    await foldUsage(this.#database, run.id)
    return 'paused'
  }

  /** Records why it failed, as well as that can be done. */
  async record(run: Run, error: unknown): Promise<void> {
    const failure = error instanceof MigrationFailure ? error : undefined
    const message = error instanceof Error ? error.message : String(error)
    this.#reporter.error({
      songId: 'system',
      error: message,
      context: { runId: run.id, ...(failure?.detail ? { detail: failure.detail } : {}) },
      recoverable: true,
    })
    if (error instanceof Fenced || this.#options.isJoined) return
    try {
      await this.fail(run, failure?.code ?? 'unexpected', message)
      await foldUsage(this.#database, run.id)
    } catch {
      // The server is gone, so it cannot be told. The run is resumable all the same, and the caller gets the first error.
    }
  }

  /** Moves it to failed and, where that was asked for, rolls it back. @throws MigrationFailure */
  async fail(run: Run, code: string, message: string): Promise<void> {
    const answer = await this.#database.once(
      'tag_migration_transition',
      {
        p_run: run.id,
        p_epoch: run.epoch,
        p_to: 'failed',
        p_failure: { code, message },
        p_worker: this.#options.worker,
      },
      movedSchema,
    )
    const { rollbackOnFailure, worker, sizer } = this.#options
    if (answer.outcome === 'fenced' || !rollbackOnFailure) return
    await new RollbackManager(this.#database).rollback(run.id, false, { worker, sizer })
  }

  async #isComplete(run: Run, error: unknown): Promise<boolean> {
    if (!(error instanceof MigrationFailure) || error.detail !== NOT_IN_THIS_STATE) return false
    return (await this.#database.run(run.id))?.status === 'complete'
  }
}
