import { BEFORE_ALL } from '../../src/features/tags/migration/migrationDatabase.ts'
import type { Database } from '../../src/lib/database.types.ts'
import { runnerFor } from './migrationFixture.ts'
import type { TestDatabase } from './testDatabase.ts'

type Functions = Database['public']['Functions']

/** A run as its worker knows it. */
interface HeldRun {
  id: string
  epoch: number
}

/** A worker that the test plays: it makes the engine's calls one by one, so that a test can say what happens between. */
export class PlayedWorker {
  readonly #database: TestDatabase

  constructor(database: TestDatabase) {
    this.#database = database
  }

  /** Calls one of the engine's functions. @throws Error with what the API said */
  async ask<Name extends keyof Functions & `tag_migration_${string}`>(
    name: Name,
    args: Functions[Name]['Args'],
  ): Promise<Record<string, unknown>> {
    const { data, error } = await this.#database.serviceClient.rpc(name, args)
    if (error) throw new Error(error.message, { cause: error })
    return data as unknown as Record<string, unknown>
  }

  /** A run that is interrupted before its first batch and taken up again. */
  async takeUpRun(worker = 'first'): Promise<HeldRun> {
    const stop = new AbortController()
    const { phase, runId } = await runnerFor(this.#database, {
      signal: stop.signal,
      progressCallback: (progress) => progress.phase === 'migrating' && stop.abort(),
    }).run()
    if (phase !== 'paused' || runId === null) throw new Error(`The run is ${phase} instead of paused.`)
    return this.resume(runId, worker)
  }

  async resume(id: string, worker: string): Promise<HeldRun> {
    const { run } = (await this.ask('tag_migration_resume', { p_run: id, p_worker: worker })) as {
      run: { epoch: number }
    }
    return { id, epoch: run.epoch }
  }

  batch(
    run: HeldRun,
    { limit = 100, budgetMs }: { limit?: number; budgetMs?: number } = {},
  ): Promise<Record<string, unknown>> {
    return this.ask('tag_migration_batch', {
      p_run: run.id,
      p_epoch: run.epoch,
      p_limit: limit,
      p_after: BEFORE_ALL,
      ...(budgetMs !== undefined && { p_budget_ms: budgetMs }),
    })
  }

  transition(run: HeldRun, to: string): Promise<Record<string, unknown>> {
    return this.ask('tag_migration_transition', { p_run: run.id, p_epoch: run.epoch, p_to: to })
  }
}
