import type { MetricEntry } from './metricEntry.ts'

/** What became of a batch. */
export type Posted = 'done' | 'quota' | 'refused' | 'unreachable'

interface MetricsSenderOptions {
  take: () => MetricEntry[]
  post: (entries: readonly MetricEntry[]) => Promise<Posted>
  /** ms since the epoch. */
  clock: () => number
}

/** What one call may carry (record_tag_metrics). */
const ENTRIES_PER_CALL = 100
/** Calls that outlive their page may carry 64 kB, all of them together. */
const CHARACTERS_PER_CALL = 50_000
/** What waits for a server that cannot be reached. */
const MOST_UNSENT = 200
const HOUR = 3_600_000

/** Sends what was measured, in batches. What cannot be sent just now goes with the next batch; what is refused is dropped. */
export class MetricsSender {
  readonly #options: MetricsSenderOptions
  #unsent: MetricEntry[] = []
  #restsUntil = Number.NEGATIVE_INFINITY

  constructor(options: MetricsSenderOptions) {
    this.#options = options
  }

  /** Sends all there is. Resolves in any case. */
  async flush(): Promise<void> {
    const entries = [...this.#unsent.splice(0), ...this.#options.take()]
    // Beyond the quota the server would refuse it, and it must not pile up.
    if (this.#options.clock() < this.#restsUntil) return
    await Promise.all(batchesOf(entries).map((batch) => this.#send(batch)))
  }

  /** For another person: nothing of before is sent in their name. */
  forget(): void {
    this.#unsent = []
    this.#options.take()
    this.#restsUntil = Number.NEGATIVE_INFINITY
  }

  async #send(batch: readonly MetricEntry[]): Promise<void> {
    const posted = await this.#options.post(batch)
    if (posted === 'quota') this.#restsUntil = this.#options.clock() + HOUR
    if (posted === 'unreachable') this.#unsent = [...this.#unsent, ...batch].slice(-MOST_UNSENT)
  }
}

function batchesOf(entries: readonly MetricEntry[]): MetricEntry[][] {
  const batches: MetricEntry[][] = []
  let characters = Number.POSITIVE_INFINITY
  for (const entry of entries) {
    const length = JSON.stringify(entry).length
    const last = batches.at(-1)
    if (last && last.length < ENTRIES_PER_CALL && characters + length <= CHARACTERS_PER_CALL) {
      last.push(entry)
      characters += length
    } else {
      batches.push([entry])
      characters = length
    }
  }
  return batches
}
