import * as z from 'zod/mini'
import type { MigrationDatabase, Run } from './migrationDatabase.ts'

/** Says nothing more often than this while nothing changes, milliseconds. */
const EVERY_MS = 5000

/** Tells the database what people watching a run want to know of a worker. Never in the way: what cannot be told is left. */
export class WorkerReports {
  readonly #database: MigrationDatabase
  readonly #run: Run
  readonly #worker: string
  readonly #retries: () => number
  #waitingFor: string | undefined
  #told: { at: number; waitingFor: string | undefined; retries: number } | undefined
  #telling: Promise<void> | undefined

  /** @param retries of this worker so far */
  constructor(database: MigrationDatabase, run: Run, worker: string, retries: () => number) {
    this.#database = database
    this.#run = run
    this.#worker = worker
    this.#retries = retries
  }

  /** @param waitingFor undefined when it goes on */
  now(waitingFor?: string): void {
    this.#waitingFor = waitingFor
    this.#tell()
  }

  /** Settled when what is being told has been. */
  async told(): Promise<void> {
    await this.#telling
  }

  /** Last of all. */
  async leave(): Promise<void> {
    while (this.#telling !== undefined) await this.#telling
    await this.#send(true)
  }

  #tell(): void {
    if (this.#telling !== undefined || !this.#hasNews()) return
    this.#telling = this.#send(false).finally(() => {
      this.#telling = undefined
      // What changed while it was told.
      if (this.#told?.waitingFor !== this.#waitingFor) this.#tell()
    })
  }

  #hasNews(): boolean {
    const told = this.#told
    return (
      told === undefined ||
      told.waitingFor !== this.#waitingFor ||
      told.retries !== this.#retries() ||
      performance.now() - told.at >= EVERY_MS
    )
  }

  async #send(hasLeft: boolean): Promise<void> {
    const [waitingFor, retries] = [this.#waitingFor, this.#retries()]
    this.#told = { at: performance.now(), waitingFor, retries }
    const report = {
      p_run: this.#run.id,
      p_epoch: this.#run.epoch,
      p_worker: this.#worker,
      p_retries: retries,
      p_has_left: hasLeft,
      ...(waitingFor === undefined || hasLeft ? {} : { p_waiting_for: waitingFor }),
    }
    // Nobody's work hangs on it, so nothing is tried twice: the next report says the same.
    await this.#database.once('tag_migration_report', report, z.unknown()).catch(() => undefined)
  }
}
