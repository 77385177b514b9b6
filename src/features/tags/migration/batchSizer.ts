import type { Profile } from './types.ts'

/** Of the batches for which somebody may wait, milliseconds. */
const POLITE_MS = 30
/** Of polite batches while nobody waits: fewer calls leave people more of the processors. */
const UNFELT_MS = 60

/**
 * How long a batch should take in the database, milliseconds: while nobody waits for it, and after somebody did. The first
 * writer waits once for a batch of the longer kind; those after it find the shorter ones.
 */
export const TARGET_MS: Record<Profile, { calm: number; busy: number }> = {
  auto: { calm: 150, busy: POLITE_MS },
  polite: { calm: UNFELT_MS, busy: POLITE_MS },
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
/** Of the songs that fit, how many a batch does in its first step; mostly it is the only one, so it may end a little late. */
const FIRST_SHARE = 0.9
/** So many times its target, a batch was too slow to wait for the median of the next ones. */
const SLOW_FACTOR = 1.5

/** Sets the size of the next batch from how long the last ones took, by their 90th percentile: a mean hides the slow ones that writers feel. */
export class BatchSizer {
  #size: number
  #most: number
  /** After a slow batch, for the next one. */
  #brake = Number.POSITIVE_INFINITY
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
    this.#most = startSize
    this.#calmMs = typeof targetMs === 'number' ? targetMs : targetMs.calm
    this.#busyMs = typeof targetMs === 'number' ? targetMs : targetMs.busy
    this.#now = now
  }

  get size(): number {
    return this.#size
  }

  /**
   * Songs to ask for where the database looks at the clock after the first step: by the median of the last batches. Half of all
   * batches would otherwise be far too short, each at the price of a whole call.
   */
  get most(): number {
    return this.#most
  }

  /** Songs of the first step: nearly all, as a second one costs about as much as fifteen songs. Fewer after a slow batch. */
  get first(): number {
    return Math.max(1, Math.min(Math.floor(FIRST_SHARE * this.most), this.#brake))
  }

  /** How long a batch should take now, milliseconds. */
  get targetMs(): number {
    return this.yieldsToWriters ? this.#busyMs : this.#calmMs
  }

  /** Whether batches are as short as they are for the sake of people. */
  get isPolite(): boolean {
    return this.targetMs <= UNFELT_MS
  }

  /** Whether batches are short now because a writer was seen waiting for one. */
  get yieldsToWriters(): boolean {
    return this.#busyMs < this.#calmMs && this.#now() < this.#busyUntil
  }

  /**
   * @param songs that the batch wrote; 0 teaches nothing about the size
   * @param writerWaits whether somebody waited for the batch when it ended
   */
  record(songs: number, durationMs: number, writerWaits = false): void {
    if (writerWaits) this.#busyUntil = this.#now() + BUSY_FOR_MS
    if (songs === 0) return
    this.#brake =
      durationMs > SLOW_FACTOR * this.targetMs
        ? bounded((songs * this.targetMs) / durationMs)
        : Number.POSITIVE_INFINITY
    if (durationMs > PANIC_FACTOR * this.targetMs) {
      this.#msPerSong = []
      this.#size = bounded(songs / PANIC_DIVISOR)
      this.#most = this.#size
      return
    }
    this.#msPerSong.push(durationMs / songs)
    if (this.#msPerSong.length > WINDOW) this.#msPerSong.shift()
    this.#size = bounded(Math.min(this.#fitting(0.9), this.#size * MOST_GROWTH))
    this.#most = bounded(Math.min(this.#fitting(0.5), this.#most * MOST_GROWTH))
  }

  /** After a failure: half as many, so that one bad song is soon alone. */
  halve(songs: number): void {
    this.#size = Math.max(1, Math.floor(songs / 2))
    this.#most = this.#size
  }

  /** Songs that so many of the last batches would have done within the target. */
  #fitting(share: number): number {
    const sorted = this.#msPerSong.toSorted((a, b) => a - b)
    // As many as one likes when the clock saw no time pass.
    return this.targetMs / (sorted[Math.ceil(sorted.length * share) - 1] ?? 0)
  }
}

function bounded(size: number): number {
  return Math.min(LARGEST_BATCH, Math.max(SMALLEST_BATCH, Math.round(size)))
}
