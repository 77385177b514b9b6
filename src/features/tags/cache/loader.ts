import { unlessAnotherTab } from '../../../lib/unlessAnotherTab.ts'
import { now } from './clock.ts'
import { withDeadline } from './deadline.ts'
import { newEntry } from './entry.ts'
import { type Flight, Flights } from './flights.ts'
import { afterAnotherTab } from './loadLock.ts'
import { rejectOnAbort } from './rejectOnAbort.ts'
import type { Found, Tiers } from './tiers.ts'
import type { CacheEntry, Invalidation } from './types.ts'

export interface LoadOptions<T> {
  /**
   * Asks for the data. `previous` is what was known before, however old: a start for asking only for what changed. Given
   * back as it is it means that nothing did.
   */
  load: (previous: T | undefined, signal: AbortSignal) => Promise<T>
  /** What the data depend on. */
  tags?: readonly string[]
  /** Ends the waiting; and the load, when nobody else waits for it. */
  signal?: AbortSignal | undefined
  /** Whether what a storage held is what is wanted: another version of the app may have written it. */
  accept?: (data: unknown) => boolean
}

export interface LoaderOptions {
  tiers: Tiers
  /** Is told of what came in answer to a reload, or was stored for other tabs to read. */
  onLoaded: (id: string, loaded: { isReload: boolean; isShared: boolean }) => void
}

/** How long a failed reload is not tried again; ms. Otherwise every key press offline would be a request. */
const RETRY_PAUSE = 5000
/** How long a load waits for IndexedDB to say what it will have to show; ms. */
const TOKEN_DEADLINE = 20
/** How long a load may take; ms. One that hangs holds its lock, and no tab would ask again. */
const LOAD_DEADLINE = 30_000
/** How long a load that failed waits for an IndexedDB that has missed its deadline; ms. */
const LAST_RESORT = 2000

/** Gets what the tiers do not have: one load for all who ask in this tab, and one tab for all where it can be arranged. */
export class Loader {
  readonly counts = { loads: 0, failedLoads: 0, droppedWrites: 0 }
  readonly #tiers: Tiers
  readonly #onLoaded: LoaderOptions['onLoaded']
  readonly #flights = new Flights()
  readonly #reloads = new Flights()
  readonly #retryAfter = new Map<string, number>()

  constructor({ tiers, onLoaded }: LoaderOptions) {
    this.#tiers = tiers
    this.#onLoaded = onLoaded
  }

  /** From the slower tiers, or else loaded. */
  obtain<T>(id: string, options: LoadOptions<T>): Promise<CacheEntry<T>> {
    const { tags = [], signal, accept } = options
    return this.#flights.join(id, { tags, signal }, async (flight) => {
      const found = await this.#tiers.find<T>(id, { isOutdated: () => flight.isOutdated, accept })
      if (found.entry) return found.entry
      const loaded = this.#loadAfterOthers(id, options, found, flight)
      return found.late ? firstOf(loaded, found.late) : loaded
    })
  }

  /** In the background, unless another tab is at it or it failed just now. Failures are counted; the old data stay. */
  reload<T>(id: string, options: LoadOptions<T>, previous: CacheEntry<T>): void {
    if (performance.now() < (this.#retryAfter.get(id) ?? 0)) return
    const start = (flight: Flight) =>
      unlessAnotherTab(id, () => this.#load(id, options, previous.data, flight, { isReload: true }))
    this.#reloads.join(id, { tags: options.tags ?? [] }, start).then(
      () => this.#retryAfter.delete(id),
      () => this.#retryAfter.set(id, performance.now() + RETRY_PAUSE),
    )
  }

  outdate(invalidation: Invalidation): void {
    for (const flights of [this.#flights, this.#reloads]) flights.outdate(invalidation)
  }

  outdateAll(): void {
    for (const flights of [this.#flights, this.#reloads]) flights.outdateAll()
    this.#retryAfter.clear()
  }

  /** Answers as soon as the data are here; the lock is held until the other tabs can read them. */
  #loadAfterOthers<T>(
    id: string,
    options: LoadOptions<T>,
    { previous }: Found<T>,
    flight: Flight,
  ): Promise<CacheEntry<T>> {
    return new Promise((resolve, reject) => {
      const work = async (hasWaited: boolean) => {
        const search = { isOutdated: () => flight.isOutdated, accept: options.accept }
        const theirs = hasWaited ? (await this.#tiers.findShared<T>(id, search)).entry : undefined
        if (theirs) resolve(theirs)
        else await this.#load(id, options, previous?.data, flight, { onAnswer: resolve })
      }
      afterAnotherTab(id, work, flight.signal).catch(reject)
    })
  }

  /** Loads and writes through. The data are as old as the question. */
  async #load<T>(
    id: string,
    { load, tags = [] }: LoadOptions<T>,
    previous: T | undefined,
    flight: Flight,
    { isReload = false, onAnswer }: { isReload?: boolean; onAnswer?: (entry: CacheEntry<T>) => void },
  ): Promise<void> {
    const token = this.#tiers.token(id)
    // First the token: an invalidation by another tab between the two would go unnoticed.
    await withDeadline(token, TOKEN_DEADLINE).catch(() => undefined)
    const asked = now()
    const data = await this.#counted((signal) => load(previous, signal), flight)
    const entry = newEntry(data, tags, asked)
    if (flight.isOutdated) {
      this.counts.droppedWrites += 1
      onAnswer?.(entry)
      return
    }
    const isSame = previous !== undefined && data === previous
    const written = this.#tiers.write(id, entry, token, isSame)
    onAnswer?.(entry)
    if (isReload && !isSame) this.#onLoaded(id, { isReload, isShared: false })
    if (await written) this.#onLoaded(id, { isReload: false, isShared: true })
  }

  /** Ends with the flight or its deadline, even if the load does not heed its signal: others wait for the lock. */
  async #counted<T>(load: (signal: AbortSignal) => Promise<T>, flight: Flight): Promise<T> {
    flight.signal.throwIfAborted()
    this.counts.loads += 1
    const signal = AbortSignal.any([flight.signal, AbortSignal.timeout(LOAD_DEADLINE)])
    try {
      return await Promise.race([load(signal), rejectOnAbort(signal)])
    } catch (error) {
      if (!flight.signal.aborted) this.counts.failedLoads += 1
      throw error
    }
  }
}

/** Whatever comes first; when neither comes, why the load failed. */
async function firstOf<T>(loaded: Promise<T>, late: Promise<T>): Promise<T> {
  const patient = loaded.catch(async (error: unknown) => {
    await withDeadline(late, LAST_RESORT).catch(() => {
      throw error
    })
    return late
  })
  return Promise.race([patient, late.catch(() => patient)])
}
