import type { MigrationError, MigrationProgress } from './types.ts'

/** Reports at most this often while a phase goes on, milliseconds. */
const REPORT_EVERY_MS = 100
/** The rate is that of the last few seconds: older ones say nothing about the time left. */
const RATE_WINDOW_MS = 5000

/** Keeps a run's progress and hands it out: at once when the phase changes, otherwise a few times a second. */
export class MigrationReporter {
  readonly #callback: ((progress: MigrationProgress) => void) | undefined
  readonly #now: () => number
  readonly #progress: MigrationProgress
  #samples: { at: number; count: number }[] = []
  #reportedAt = Number.NEGATIVE_INFINITY

  constructor(callback: ((progress: MigrationProgress) => void) | undefined, now: () => number = Date.now) {
    this.#callback = callback
    this.#now = now
    this.#progress = {
      phase: 'preparing',
      processedCount: 0,
      totalCount: 0,
      errors: [],
      startTime: new Date(now()),
      rate: 0,
      batchSize: 0,
      batches: 0,
      retries: 0,
    }
  }

  get progress(): MigrationProgress {
    return { ...this.#progress, errors: [...this.#progress.errors] }
  }

  enter(phase: MigrationProgress['phase'], counts: { processed: number; total: number }): void {
    this.#progress.phase = phase
    this.#progress.processedCount = counts.processed
    this.#progress.totalCount = counts.total
    this.#progress.rate = 0
    delete this.#progress.estimatedCompletion
    this.#samples = [{ at: this.#now(), count: counts.processed }]
    this.#report(true)
  }

  /** @param processed songs of this phase done so far */
  advance(processed: number, total: number = this.#progress.totalCount): void {
    this.#set(processed, total)
    this.#report(false)
  }

  batch(songs: number, batchSize: number): void {
    if (songs > 0) this.#progress.batches += 1
    this.#progress.batchSize = batchSize
    this.advance(this.#progress.processedCount + songs)
  }

  /** As the database has it: at least so much is done. @param batches of this session */
  count(songs: number, batches: number): void {
    this.#progress.batches = Math.max(batches, this.#progress.batches)
    this.#set(Math.max(songs, this.#progress.processedCount), this.#progress.totalCount)
    this.#report(true)
  }

  retry(): void {
    this.#progress.retries += 1
    // A wait of up to half a minute follows.
    this.#report(true)
  }

  /** @param reason why it does not go on just now; whatever is reported next ends it */
  wait(reason: string): void {
    this.#progress.waitingFor = reason
    this.#report(true)
    delete this.#progress.waitingFor
  }

  error(error: MigrationError): void {
    this.#progress.errors.push(error)
    this.#report(true)
  }

  #set(processed: number, total: number): void {
    this.#progress.processedCount = processed
    this.#progress.totalCount = Math.max(total, processed)
    this.#measure()
  }

  #measure(): void {
    const at = this.#now()
    this.#samples.push({ at, count: this.#progress.processedCount })
    while (this.#samples.length > 2 && at - (this.#samples[0]?.at ?? at) > RATE_WINDOW_MS)
      this.#samples.shift()
    const first = this.#samples[0]
    if (!first || at <= first.at) return
    this.#progress.rate = ((this.#progress.processedCount - first.count) / (at - first.at)) * 1000
    const left = this.#progress.totalCount - this.#progress.processedCount
    if (this.#progress.rate > 0)
      this.#progress.estimatedCompletion = new Date(at + (left / this.#progress.rate) * 1000)
  }

  #report(always: boolean): void {
    const at = this.#now()
    if (!this.#callback || (!always && at - this.#reportedAt < REPORT_EVERY_MS)) return
    this.#reportedAt = at
    this.#callback(this.progress)
  }
}
