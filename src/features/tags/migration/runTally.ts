import * as z from 'zod/mini'
import { type MigrationDatabase, type Run, runSchema } from './migrationDatabase.ts'
import type { MigrationReporter } from './migrationReporter.ts'

/** Looked at this often while batches go on, milliseconds: people feel each look, which counts all that the run has done. */
const EVERY_MS = 5000

/**
 * Keeps the reporter's count right while a run is under way. What this worker was told is not all that is done: the
 * answer to a batch may be lost after it was committed, and others may work on the same run.
 */
export class RunTally {
  readonly #database: MigrationDatabase
  readonly #reporter: MigrationReporter
  readonly #run: Run
  #lookedAt = performance.now()
  #looking: Promise<void> | undefined

  /** @param run as it was when this worker took it up */
  constructor(database: MigrationDatabase, reporter: MigrationReporter, run: Run) {
    this.#database = database
    this.#reporter = reporter
    this.#run = run
  }

  /** Looks now and then, beside the work. */
  keep(): void {
    if (this.#looking !== undefined || performance.now() - this.#lookedAt < EVERY_MS) return
    this.#lookedAt = performance.now()
    this.#looking = this.#database
      .once('tag_migration_run', { p_run: this.#run.id }, z.nullable(runSchema))
      .then(
        (run) => {
          if (run !== null) this.#reporter.count(run.songs, run.batches - this.#run.batches)
        },
        // It is only looked at; whoever works notices by himself that something is wrong.
        () => undefined,
      )
      .finally(() => {
        this.#looking = undefined
      })
  }

  /** Resolves once nothing is looked at any more: what comes later must not be reported into the next phase. */
  async rest(): Promise<void> {
    await this.#looking
  }
}
