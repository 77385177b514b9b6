import type { Profile } from './types.ts'

/** How long batches take in the database, milliseconds. */
export interface Pace {
  /** A whole batch. */
  batchMs: number
  /** One of its steps. It ends after a step for which somebody waits, so nobody waits much longer than for one. */
  stepMs: number
  /** The same, for some seconds after somebody was seen waiting. */
  busyStepMs: number
}

/** As long as people may have to wait: the first one, and those who come after him. */
const POLITE_MS = 45
const BUSY_MS = 30

export const PACE: Record<Profile, Pace> = {
  auto: { batchMs: 150, stepMs: 150, busyStepMs: BUSY_MS },
  polite: { batchMs: 150, stepMs: POLITE_MS, busyStepMs: BUSY_MS },
  quiet: { batchMs: 500, stepMs: 500, busyStepMs: 500 },
}

/** How long after somebody was seen waiting the shorter steps go on, milliseconds. */
const BUSY_FOR_MS = 8_000

export const SMALLEST_BATCH = 10
export const LARGEST_BATCH = 10_000

/** Spirit's constants (github.com/block/spirit, table chunker): p90 of ten chunks, growth of at most one half, a tenth at five times the target. */
const WINDOW = 10
const MOST_GROWTH = 1.5
const PANIC_FACTOR = 5
const PANIC_DIVISOR = 10
/** Of the songs that fit into its first step, how many a batch does in it; where that is the only one, it may end a little late. */
const FIRST_SHARE = 0.9
/** So many times its target, a batch was too slow to wait for the median of the next ones. */
const SLOW_FACTOR = 1.5

/** Sets the size of the next batch from how long the last ones took, by their 90th percentile: a mean hides the slow ones that writers feel. */
export class BatchSizer {
  #size: number
  #most: number
  /** After a slow batch, for the next one. */
  #brake = Number.POSITIVE_INFINITY
  readonly #pace: Pace
  readonly #now: () => number
  #busyUntil = Number.NEGATIVE_INFINITY
  #msPerSong: number[] = []

  /** @param pace how long batches take, and their steps; a number for batches of one step, which do not end when somebody waits */
  constructor(startSize: number, pace: Pace | number, now: () => number = () => performance.now()) {
    this.#size = startSize
    this.#most = startSize
    this.#pace = typeof pace === 'number' ? { batchMs: pace, stepMs: pace, busyStepMs: pace } : pace
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

  /** Songs of the first step: nearly all that fit, as each step costs about as much as fifteen songs. Fewer after a slow batch. */
  get first(): number {
    const fitting = FIRST_SHARE * this.most * (this.stepMs / this.batchMs)
    return Math.max(1, Math.min(Math.floor(fitting), this.#brake))
  }

  /** How long a batch should take, milliseconds. */
  get batchMs(): number {
    return this.#pace.batchMs
  }

  /** How long each of its steps should take now, milliseconds. */
  get stepMs(): number {
    return this.#now() < this.#busyUntil ? this.#pace.busyStepMs : this.#pace.stepMs
  }

  /** Whether steps are as short as they are for the sake of people. */
  get isPolite(): boolean {
    return this.stepMs <= POLITE_MS
  }

  /** Whether batches are shorter now because somebody was seen waiting for one. */
  get yieldsToWriters(): boolean {
    return this.#pace.busyStepMs < this.batchMs && this.#now() < this.#busyUntil
  }

  /**
   * @param songs that the batch wrote; 0 teaches nothing about the size
   * @param writerWaits whether somebody waited for the batch when it ended
   */
  record(songs: number, durationMs: number, writerWaits = false): void {
    if (writerWaits) this.#busyUntil = this.#now() + BUSY_FOR_MS
    if (songs === 0) return
    this.#brake =
      durationMs > SLOW_FACTOR * this.batchMs
        ? bounded((songs * this.stepMs) / durationMs)
        : Number.POSITIVE_INFINITY
    if (durationMs > PANIC_FACTOR * this.batchMs) {
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
    return this.batchMs / (sorted[Math.ceil(sorted.length * share) - 1] ?? 0)
  }
}

function bounded(size: number): number {
  return Math.min(LARGEST_BATCH, Math.max(SMALLEST_BATCH, Math.round(size)))
}
