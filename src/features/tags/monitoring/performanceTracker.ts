import type { CacheReads } from '../cache/types.ts'
import type { TimingEntry, TimingMetric } from './metricEntry.ts'
import { Sampler } from './sampler.ts'
import { LONGEST_WINDOW, Series, type Tally } from './series.ts'
import { Sketch } from './sketch.ts'
import type { SketchCells } from './sketchCells.ts'

/** Times in ms, rates from 0 to 1; 0 where nothing was measured. */
export interface PerformanceMetrics {
  autocompleteP50: number
  autocompleteP95: number
  autocompleteP99: number
  searchP50: number
  searchP95: number
  searchP99: number
  cacheHitRate: number
  errorRate: number
}

/** What was noted, for whoever wants to hear of it: one call that was chosen, or several that were only counted. */
export interface Tracked {
  metric: TimingMetric
  label: string
  /** Calls that it stands for. */
  count: number
  /** Undefined when it was not timed. */
  ms: number | undefined
  failed: boolean
}

export interface PerformanceTrackerOptions {
  /** One of how many calls is timed, by metric; all where it is not said. Failures are all counted. */
  oneIn?: Partial<Record<TimingMetric, number>>
  /** Told of all that is noted. */
  onTracked?: (tracked: Tracked) => void
  /** The time of day; ms since the epoch. */
  clock?: () => number
  /** From 0 to below 1. */
  random?: () => number
}

const MINUTE = 60_000

/** What asks a server: what of it fails is the songbook's failure. */
const ASKING: readonly TimingMetric[] = ['songs.search', 'tags.catalog.load', 'mutation']

/** How fast the songbook is in this browser, over the last hour: response times, errors, reads of the cache. */
export class PerformanceTracker {
  readonly #options: PerformanceTrackerOptions
  readonly #clock: () => number
  readonly #samplers = new Map<TimingMetric, Sampler>()
  readonly #series = new Map<TimingMetric, Map<string, Series>>()
  readonly #caches = new Set<() => CacheReads>()

  constructor(options: PerformanceTrackerOptions = {}) {
    this.#options = options
    // One clock, not the two of cache/clock.ts: they take longer than all else that track does. One that is set back only
    // makes a minute longer.
    this.#clock = options.clock ?? Date.now
  }

  /**
   * Notes a call that was answered. Which of them are kept is decided here; one that is kept counts for those that are not.
   *
   * @param ms how long it took; of web.cls, the score
   * @param label which kind of it, where there are several
   */
  track(metric: TimingMetric, ms: number, label = ''): void {
    const sampler = this.#samplers.get(metric) ?? this.#newSampler(metric)
    if (!sampler.chooses()) return
    this.#seriesOf(metric, label).succeed(this.#minute(), ms, sampler.oneIn)
    this.#options.onTracked?.({ metric, label, ms, count: sampler.oneIn, failed: false })
  }

  /** Notes a call that failed. Its time is not kept: a refused connection would make answers look fast. */
  trackFailure(metric: TimingMetric, label = ''): void {
    this.#seriesOf(metric, label).add(this.#minute(), 1, 1, [])
    this.#options.onTracked?.({ metric, label, ms: undefined, count: 1, failed: true })
  }

  /**
   * Counts reads of a cache. They are fetched from it now and then: noting each would take longer than many a read does.
   *
   * @param takeReads gives those since it was last called
   */
  watchCache(takeReads: () => CacheReads): void {
    this.#caches.add(takeReads)
  }

  /** Fetches what the caches have counted since. Everything that gives figures does so first. */
  noteReads(): void {
    for (const takeReads of this.#caches) {
      const { answered, missed, failures } = takeReads()
      const reads = [...Object.entries(answered), ['none', { count: missed, times: [] }] as const]
      for (const [tier, { count, times }] of reads) {
        this.#addCounted('tags.cache.read', tier, count, times)
      }
      for (const [kind, count] of Object.entries(failures))
        this.#addCounted('tags.cache.failure', kind, count, [])
    }
  }

  /** The last minutes as the dashboard and the requirements name them. @param minutes from 1 to 60 */
  metrics(minutes = LONGEST_WINDOW): PerformanceMetrics {
    const autocomplete = this.window('tags.autocomplete', minutes)
    const search = this.window('songs.search', minutes)
    const reads = this.window('tags.cache.read', minutes)
    const misses = this.window('tags.cache.read', minutes, 'none')
    const asked = this.asked(minutes)
    return {
      autocompleteP50: percentileOf(autocomplete, 0.5),
      autocompleteP95: percentileOf(autocomplete, 0.95),
      autocompleteP99: percentileOf(autocomplete, 0.99),
      searchP50: percentileOf(search, 0.5),
      searchP95: percentileOf(search, 0.95),
      searchP99: percentileOf(search, 0.99),
      cacheHitRate: share(reads.count - misses.count, reads.count),
      errorRate: share(asked.errors, asked.count),
    }
  }

  /** What was asked of a server, and what of it failed; as {@link window}. */
  asked(minutes: number): Pick<Tally, 'count' | 'errors'> {
    const tallies = ASKING.map((metric) => this.window(metric, minutes))
    return { count: sum(tallies, 'count'), errors: sum(tallies, 'errors') }
  }

  /** A metric in the minute that runs and as many before it. @param label all of them when left out */
  window(metric: TimingMetric, minutes: number, label?: string): Tally {
    this.noteReads()
    const labels = this.#series.get(metric) ?? new Map<string, Series>()
    const wanted =
      label === undefined ? [...labels.values()] : [labels.get(label)].filter((one) => one !== undefined)
    const minute = this.#minute()
    const tallies = wanted.map((series) => series.window(minute, minutes))
    const times = new Sketch()
    for (const tally of tallies) times.add(tally.times.cells())
    return { count: sum(tallies, 'count'), errors: sum(tallies, 'errors'), times }
  }

  /** All that was noted since this was last called, to be sent. */
  take(): TimingEntry[] {
    this.noteReads()
    return [...this.#series].flatMap(([metric, labels]) =>
      [...labels].flatMap(([label, series]) => {
        const { count, errors, times } = series.take()
        return count === 0 ? [] : [{ metric, label, count, errors, cells: times.cells() }]
      }),
    )
  }

  #addCounted(metric: TimingMetric, label: string, count: number, cells: SketchCells): void {
    if (count === 0) return
    this.#seriesOf(metric, label).add(this.#minute(), count, 0, cells)
    this.#options.onTracked?.({ metric, label, count, ms: undefined, failed: false })
  }

  #minute(): number {
    return Math.floor(this.#clock() / MINUTE)
  }

  #newSampler(metric: TimingMetric): Sampler {
    const sampler = new Sampler(this.#options.oneIn?.[metric] ?? 1, this.#options.random)
    this.#samplers.set(metric, sampler)
    return sampler
  }

  #seriesOf(metric: TimingMetric, label: string): Series {
    const known = this.#series.get(metric)?.get(label)
    if (known) return known
    const series = new Series()
    this.#series.set(metric, (this.#series.get(metric) ?? new Map<string, Series>()).set(label, series))
    return series
  }
}

function percentileOf({ times }: Tally, share: number): number {
  return times.percentile(share) ?? 0
}

function sum(tallies: readonly Tally[], part: 'count' | 'errors'): number {
  return tallies.reduce((total, tally) => total + tally[part], 0)
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole
}
