import { whenIdle } from '../../../lib/whenIdle.ts'
import { now } from './clock.ts'
import { freshness, type Lifetime } from './freshness.ts'
import type { WriteToken } from './ledger.ts'
import { StoredTiers } from './storedTiers.ts'
import { TagCache } from './tagCache.ts'
import { type TierReads, type TierStats, TierTally } from './tierTally.ts'
import type { CacheConfig, CacheEntry, Invalidation } from './types.ts'

export interface TiersOptions extends Pick<CacheConfig, 'maxSize' | 'persistToStorage'> {
  lifetime: Lifetime
  /** What memory may hold; bytes, estimated. */
  maxBytes: number
  /** Is told when it turns out that another tab purged everything. */
  onPurged: () => void
  /** Is told when an entry that was shown turns out to be replaced or dropped by another tab. */
  onOvertaken: (id: string) => void
}

export interface Found<T> {
  /** What can be shown. */
  entry?: CacheEntry<T> | undefined
  /** What is known, however old. */
  previous?: CacheEntry<T> | undefined
  /** What IndexedDB may yet come up with, and can be shown. Rejects if nothing can. */
  late?: Promise<CacheEntry<T>> | undefined
}

interface Search {
  /** Whether what is found must not be moved up any more. */
  isOutdated: () => boolean
  accept?: ((data: unknown) => boolean) | undefined
}

/** Memory, sessionStorage and IndexedDB, from near to far: reads move entries up, writes go through to all. */
export class Tiers {
  readonly #lifetime: Lifetime
  readonly #memory: TagCache
  readonly #stored: StoredTiers | undefined
  readonly #onPurged: () => void
  readonly #onOvertaken: (id: string) => void
  /** What writes must find unchanged in IndexedDB: nobody has signed out since. */
  #epoch: Promise<WriteToken | undefined> | undefined
  #callOffSweep = () => {}

  constructor({ lifetime, maxSize, maxBytes, persistToStorage, onPurged, onOvertaken }: TiersOptions) {
    this.#lifetime = lifetime
    this.#memory = new TagCache({ ttl: lifetime.ttl + lifetime.grace, maxSize, maxBytes })
    this.#stored = persistToStorage ? new StoredTiers(lifetime) : undefined
    this.#onPurged = onPurged
    this.#onOvertaken = onOvertaken
  }

  /** From now on only this scope's entries are wanted. */
  open(scope: string): void {
    this.#epoch = this.#stored?.token('')
    this.#stored?.sweepSession(scope)
    // Reads wait for a write before them, and the first one is what the person waits for.
    this.#callOffSweep()
    this.#callOffSweep = whenIdle(() => void this.#stored?.sweepDatabase(scope))
  }

  close(): void {
    this.#callOffSweep()
  }

  read<T>(id: string): CacheEntry<T> | undefined {
    return this.#memory.get<T>(id)
  }

  /** What memory holds, whatever its age. */
  peek<T>(id: string): CacheEntry<T> | undefined {
    return this.#memory.peek<T>(id)
  }

  /** Looks behind memory. Never rejects, and answers within the tiers' deadlines. */
  async find<T>(id: string, search: Search): Promise<Found<T>> {
    const session = acceptable(this.#stored?.readSession<T>(id), search)
    if (session && this.#isShowable(session)) {
      this.#memory.set(id, session)
      // While this page was loading nobody could tell it of an invalidation.
      void this.catchUp(id).then((isOvertaken) => isOvertaken && this.#onOvertaken(id))
      return { entry: session }
    }
    const shared = await this.findShared<T>(id, search)
    return shared.entry ? shared : { ...shared, previous: shared.previous ?? session }
  }

  /** Looks in the tier that all tabs share. */
  async findShared<T>(id: string, search: Search): Promise<Found<T>> {
    let late: Promise<CacheEntry<T>> | undefined
    const answer = await this.#stored?.readDatabase<T>(id, (later) => {
      late = this.#whenShowable(id, later, search)
      // Nobody may be waiting any more when it turns out that there is nothing.
      late.catch(() => undefined)
    })
    const stored = acceptable(answer, search)
    const entry = this.#moveUp(id, stored, search)
    return entry ? { entry } : { previous: stored, late }
  }

  /** What a write of data that are asked for now will have to show. */
  async token(id: string): Promise<WriteToken | undefined> {
    const current = await this.#stored?.token(id)
    const epoch = current && (await this.#currentEpoch())
    return epoch && { ...current, epoch: epoch.epoch }
  }

  /**
   * Writes through.
   *
   * @param token of when the data were asked for; without it they stay in this tab
   * @param isTouch the data are those that are stored, only the age is new
   * @returns when IndexedDB is done: whether the entry is there
   */
  async write(
    id: string,
    entry: CacheEntry<unknown>,
    token: Promise<WriteToken | undefined>,
    isTouch: boolean,
  ): Promise<boolean> {
    this.#memory.set(id, entry)
    this.#stored?.writeSession(id, entry)
    const shown = await token
    if (!shown || !this.#stored) return false
    const outcome = await this.#stored.writeDatabase(id, entry, shown, isTouch)
    if (outcome === 'purged') this.#onPurged()
    if (outcome === 'outdated') this.forget(id)
    return outcome === 'written'
  }

  /** As {@link write} wants it, for what is known without having been asked for. */
  async epochToken(): Promise<WriteToken | undefined> {
    const token = await this.#currentEpoch()
    return token && { epoch: token.epoch }
  }

  preload(entries: Iterable<readonly [id: string, entry: CacheEntry<unknown>]>): void {
    this.#memory.preload(entries)
  }

  /** Drops an entry in this tab; the tiers that tabs share keep it. */
  forget(id: string): void {
    this.#memory.delete(id)
    this.#stored?.forgetSession(id)
  }

  /** In this tab at once. @returns the keys that were dropped because of their tags */
  invalidate(invalidation: Invalidation): string[] {
    this.#stored?.invalidateSession(invalidation)
    return this.#memory.invalidate(invalidation)
  }

  async invalidateShared(invalidation: Invalidation): Promise<void> {
    await this.#stored?.invalidateDatabase(invalidation)
  }

  /** Empties this tab's tiers. */
  clear(): void {
    this.#memory.clear()
    this.#stored?.clearSession()
  }

  async clearShared(): Promise<void> {
    await this.#stored?.clearDatabase()
  }

  /** Takes over what another tab wrote or dropped meanwhile. @returns whether there was anything */
  async catchUp(id: string): Promise<boolean> {
    const change = await this.#stored?.lastChange(id)
    const held = this.#memory.peek(id)
    if (!change || !held || change.at <= held.timestamp) return false
    this.forget(id)
    if (change.timestamp !== null) {
      this.#moveUp(id, await this.#stored?.readDatabase(id), { isOutdated: () => false })
    }
    return true
  }

  stats(): { memory: TierStats; session: TierStats; indexedDb: TierStats } {
    const idle = new TierTally().report()
    return {
      memory: this.#memory.stats(),
      ...(this.#stored?.stats() ?? { session: idle, indexedDb: idle }),
    }
  }

  /** The reads since this was last called. */
  takeReads(): { memory: TierReads; session: TierReads; indexedDb: TierReads } {
    const memory = this.#memory.takeReads()
    if (this.#stored) return { memory, ...this.#stored.takeReads() }
    return { memory, session: new TierTally().take(), indexedDb: new TierTally().take() }
  }

  /** Asked for once more when IndexedDB was too slow to say. */
  async #currentEpoch(): Promise<WriteToken | undefined> {
    const known = await this.#epoch
    if (!known) this.#epoch = this.#stored?.token('')
    return this.#epoch
  }

  #isShowable(entry: CacheEntry<unknown>): boolean {
    const state = freshness(entry, this.#lifetime, now())
    return state === 'fresh' || state === 'stale'
  }

  #moveUp<T>(id: string, entry: CacheEntry<T> | undefined, search: Search): CacheEntry<T> | undefined {
    if (!entry || !this.#isShowable(entry)) return undefined
    const held = this.#memory.peek(id)
    if (!search.isOutdated() && !(held && held.timestamp > entry.timestamp)) {
      this.#memory.set(id, entry)
      this.#stored?.writeSession(id, entry)
    }
    return entry
  }

  async #whenShowable<T>(
    id: string,
    answer: Promise<CacheEntry<T> | undefined>,
    search: Search,
  ): Promise<CacheEntry<T>> {
    const entry = this.#moveUp(id, acceptable(await answer, search), search)
    if (!entry) throw new Error('IndexedDB has nothing to show either.')
    return entry
  }
}

function acceptable<T>(entry: CacheEntry<T> | undefined, { accept }: Search): CacheEntry<T> | undefined {
  return entry && (accept?.(entry.data) ?? true) ? entry : undefined
}
