import type { Profile } from './types.ts'

/** How long a batch should take in the database, milliseconds. */
export const TARGET_MS: Record<Profile, number> = { polite: 30, quiet: 500 }

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
  readonly #targetMs: number
  #msPerSong: number[] = []

  constructor(startSize: number, targetMs: number) {
    this.#size = startSize
    this.#targetMs = targetMs
  }

  get size(): number {
    return this.#size
  }

  /** @param songs that the batch wrote; 0 teaches nothing. */
  record(songs: number, durationMs: number): void {
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
