import type { Profile } from './types.ts'

/**
 * How long a batch should take in the database, milliseconds: while nobody waits for it, and after somebody did. In the
 * profile `auto` the first writer waits once for a batch of the longer kind; those after it find the shorter ones.
 */
export const TARGET_MS: Record<Profile, { calm: number; busy: number }> = {
  auto: { calm: 150, busy: 30 },
  polite: { calm: 30, busy: 30 },
  quiet: { calm: 500, busy: 500 },
}
/** How long after a writer was seen waiting the shorter batches go on, milliseconds. */
const BUSY_FOR_MS = 10_000

export const SMALLEST_BATCH = 10
export const LARGEST_BATCH = 10_000

/** Spirit's constants (github.com/block/spirit, table chunker): p90 of ten chunks, growth of at most one half, a tenth at five times the target. */
const WINDOW = 10
const MOST_GROWTH = 1.5
const PANIC_FACTOR = 5
const PANIC_DIVISOR = 10

/** Sets the size of the next batch from how long the last ones took, by their 90th percentile: a mean hides the slow ones that writers feel. */
export class BatchSizer {
  #size: number
  readonly #calmMs: number
  readonly #busyMs: number
  readonly #now: () => number
  #busyUntil = Number.NEGATIVE_INFINITY
  #msPerSong: number[] = []

  /** @param targetMs how long a batch should take, always or while nobody waits for it and after somebody did */
  constructor(
    startSize: number,
    targetMs: number | { calm: number; busy: number },
    now: () => number = () => performance.now(),
  ) {
    this.#size = startSize
    this.#calmMs = typeof targetMs === 'number' ? targetMs : targetMs.calm
    this.#busyMs = typeof targetMs === 'number' ? targetMs : targetMs.busy
    this.#now = now
  }

  get size(): number {
    return this.#size
  }

  /** Whether batches are short now because a writer was seen waiting for one. */
  get yieldsToWriters(): boolean {
    return this.#busyMs < this.#calmMs && this.#now() < this.#busyUntil
  }

  get #targetMs(): number {
    return this.yieldsToWriters ? this.#busyMs : this.#calmMs
  }

  /**
   * @param songs that the batch wrote; 0 teaches nothing about the size
   * @param writerWaits whether somebody waited for the batch when it ended
   */
  record(songs: number, durationMs: number, writerWaits = false): void {
    if (writerWaits) this.#busyUntil = this.#now() + BUSY_FOR_MS
    if (songs === 0) return
    if (durationMs > PANIC_FACTOR * this.#targetMs) {
      this.#msPerSong = []
      this.#resize(songs / PANIC_DIVISOR)
      return
    }
    this.#msPerSong.push(durationMs / songs)
    if (this.#msPerSong.length > WINDOW) this.#msPerSong.shift()
    const sorted = this.#msPerSong.toSorted((a, b) => a - b)
    const p90 = sorted[Math.ceil(sorted.length * 0.9) - 1] ?? 0
    const ideal = p90 > 0 ? this.#targetMs / p90 : Number.POSITIVE_INFINITY
    this.#resize(Math.min(ideal, this.#size * MOST_GROWTH))
  }

  /** After a failure: half as many, so that one bad song is soon alone. */
  halve(songs: number): void {
    this.#size = Math.max(1, Math.floor(songs / 2))
  }

  #resize(size: number): void {
    this.#size = Math.min(LARGEST_BATCH, Math.max(SMALLEST_BATCH, Math.round(size)))
  }
}
