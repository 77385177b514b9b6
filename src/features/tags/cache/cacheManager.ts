import { cacheScope } from './cacheKey.ts'
import { coarseNow, now } from './clock.ts'
import { newEntry } from './entry.ts'
import { addedUp } from './failures.ts'
import { freshness, type Lifetime } from './freshness.ts'
import { Loader, type LoadOptions } from './loader.ts'
import { TabChannel, type TabMessage } from './tabChannel.ts'
import { Tiers } from './tiers.ts'
import type { TierReads, TierStats } from './tierTally.ts'
import type { CacheConfig, CacheReads, CacheStats, Invalidation } from './types.ts'

export interface CacheManagerOptions extends Omit<CacheConfig, 'warmOnStartup'> {
  /** How much longer than fresh an entry is shown while newer data load, or while they cannot; ms. */
  grace: number
  /** What memory may hold; bytes, estimated. */
  maxBytes: number
  /** The id of whoever is signed in; null for nobody. */
  owner: string | null
}

/** Numbers only, no key and no data: they may leave the browser. */
export interface CacheReport extends CacheStats {
  tiers: { memory: TierStats; session: TierStats; indexedDb: TierStats }
  /** Times that data were asked for. */
  loads: number
  failedLoads: number
  /** Reads that were answered with data no longer fresh. */
  staleReads: number
  /** Answers not kept because of a purge or an invalidation while they were on their way. */
  droppedWrites: number
}

/**
 * Memory, sessionStorage and IndexedDB as one cache of one person's data. What is stale is shown while one of the tabs
 * loads newer data, and so long as none can be had, up to the grace.
 */
export class CacheManager {
  readonly #lifetime: Lifetime
  readonly #tiers: Tiers
  readonly #loader: Loader
  readonly #channel: TabChannel
  readonly #listeners = new Map<string, Set<() => void>>()
  #staleReads = 0
  #purges = 0
  #owner: string | null
  #scope: string

  constructor({ ttl, grace, owner, ...options }: CacheManagerOptions) {
    this.#lifetime = { ttl, grace }
    this.#tiers = new Tiers({
      ...options,
      lifetime: this.#lifetime,
      onPurged: () => this.#forget(),
      onOvertaken: (id) => this.#notify([id]),
    })
    this.#loader = new Loader({
      tiers: this.#tiers,
      onLoaded: (id, { isReload, isShared }) => {
        if (isReload) this.#notify([id])
        if (isShared) this.#channel.tell({ kind: 'stored', key: id })
      },
    })
    this.#channel = new TabChannel((message) => this.#hear(message))
    this.#owner = owner
    this.#scope = cacheScope(owner)
    this.#tiers.open(this.#scope)
  }

  /** What memory holds that can be shown, at once. */
  peek<T>(key: string): T | undefined {
    return this.#tiers.read<T>(this.#scope + key)?.data
  }

  /** What is known and can be shown, from the nearest tier. Asks nobody, and never rejects. */
  async get<T>(key: string, accept?: (data: unknown) => boolean): Promise<T | undefined> {
    const id = this.#scope + key
    const purges = this.#purges
    const isOutdated = () => this.#purges !== purges
    const entry = this.#tiers.read<T>(id) ?? (await this.#tiers.find<T>(id, { isOutdated, accept })).entry
    return isOutdated() ? undefined : entry?.data
  }

  /** What is known, from the nearest tier; if nothing is, or nothing young enough, what `load` gives. Rejects as it does. */
  async getOrLoad<T>(key: string, options: LoadOptions<T>): Promise<T> {
    options.signal?.throwIfAborted()
    const id = this.#scope + key
    const held = this.#tiers.read<T>(id)
    const entry = held ?? (await this.#loader.obtain(id, options))
    if (freshness(entry, this.#lifetime, coarseNow()) === 'stale') {
      this.#staleReads += 1
      this.#loader.reload(id, options, entry)
    }
    return entry.data
  }

  /** Keeps what is known to be so now, for all tabs. What is being loaded for the same key is not kept. @returns whether IndexedDB has it */
  async set<T>(key: string, data: T, tags: readonly string[] = []): Promise<boolean> {
    const id = this.#scope + key
    this.#loader.outdate({ keys: [id] })
    const written = this.#tiers.write(id, newEntry(data, tags, now()), this.#tiers.epochToken(), false)
    const isWritten = await written
    if (isWritten) this.#channel.tell({ kind: 'stored', key: id })
    return isWritten
  }

  /** Takes data ahead of need, in memory alone. They replace nothing and push out nothing. */
  preload(entries: Iterable<readonly [key: string, data: unknown, tags: readonly string[]]>): void {
    const time = now()
    const scoped = Array.from(
      entries,
      ([key, data, tags]) => [this.#scope + key, newEntry(data, tags, time)] as const,
    )
    this.#tiers.preload(scoped)
  }

  /** Drops entries in every tab and every tier; resolves when IndexedDB has. */
  async invalidate({ keys = [], tags = [] }: Invalidation): Promise<void> {
    const ids = keys.map((key) => this.#scope + key)
    this.#drop({ keys: ids, tags })
    await this.#tiers.invalidateShared({ keys: ids, tags })
    // Not before: another tab would read the old entry there once more.
    this.#channel.tell({ kind: 'invalidated', keys: ids, tags: [...tags] })
  }

  /**
   * Is called when nobody in this tab asked for it, and yet there is something newer, or nothing any more; also after
   * somebody else has signed in. @returns how to end it
   */
  subscribe(key: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(key) ?? new Set()
    this.#listeners.set(key, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) this.#listeners.delete(key)
    }
  }

  /** Somebody signed in or out. Nothing of whoever was signed in before is left, in any tab. */
  async setOwner(owner: string | null): Promise<void> {
    if (owner === this.#owner) return
    const before = this.#owner
    this.#owner = owner
    this.#scope = cacheScope(owner)
    if (before === null) this.#forget()
    else await this.purge()
  }

  /** Empties every tier in every tab. What is on its way will not be kept. Resolves when IndexedDB is empty, too. */
  async purge(): Promise<void> {
    this.#channel.tell({ kind: 'purged' })
    const cleared = this.#tiers.clearShared()
    this.#forget()
    await cleared
  }

  stats(): CacheReport {
    const tiers = this.#tiers.stats()
    const all = Object.values(tiers)
    // Every read begins in memory.
    const { reads, memoryUsage } = tiers.memory
    const sum = (part: (tier: TierStats) => number) => all.reduce((total, tier) => total + part(tier), 0)
    const hitRate = reads === 0 ? 0 : sum((tier) => tier.hitRate * tier.reads) / reads
    return {
      hitRate,
      missRate: reads === 0 ? 0 : 1 - hitRate,
      evictionCount: sum((tier) => tier.evictionCount),
      avgResponseTime: reads === 0 ? 0 : sum((tier) => tier.avgResponseTime * tier.reads) / reads,
      memoryUsage,
      tiers,
      ...this.#loader.counts,
      staleReads: this.#staleReads,
    }
  }

  /** The reads since this was last called, for whoever keeps them over time. */
  takeReads(): CacheReads {
    const { memory, session, indexedDb } = this.#tiers.takeReads()
    const answered = ({ hits, times }: TierReads) => ({ count: hits, times })
    return {
      answered: { memory: answered(memory), session: answered(session), indexeddb: answered(indexedDb) },
      // Every read begins in memory; who has waited for another tab looks into IndexedDB once more.
      missed: Math.max(0, memory.misses - session.hits - indexedDb.hits),
      failures: addedUp([memory.failures, session.failures, indexedDb.failures]),
    }
  }

  /** Hears no other tab any more. */
  close(): void {
    this.#tiers.close()
    this.#channel.close()
  }

  #hear(message: TabMessage): void {
    if (message.kind === 'purged') this.#forget()
    else if (message.kind === 'invalidated') this.#drop(message)
    else void this.#takeOver(message.key)
  }

  /** What this tab does not hold it will find when it asks. */
  async #takeOver(id: string): Promise<void> {
    if (!this.#tiers.peek(id)) this.#tiers.forget(id)
    else if (await this.#tiers.catchUp(id)) this.#notify([id])
  }

  #drop(invalidation: Invalidation): void {
    this.#loader.outdate(invalidation)
    const dependent = this.#tiers.invalidate(invalidation)
    this.#notify([...(invalidation.keys ?? []), ...dependent])
  }

  #forget(): void {
    this.#purges += 1
    this.#loader.outdateAll()
    this.#tiers.clear()
    this.#tiers.open(this.#scope)
    for (const listener of [...this.#listeners.values()].flatMap((each) => [...each])) listener()
  }

  #notify(ids: readonly string[]): void {
    const keys = ids.filter((id) => id.startsWith(this.#scope)).map((id) => id.slice(this.#scope.length))
    for (const listener of keys.flatMap((key) => [...(this.#listeners.get(key) ?? [])])) listener()
  }
}
