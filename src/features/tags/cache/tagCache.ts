import { LRUCache } from 'lru-cache'
import { coarseNow } from './clock.ts'
import { estimateBytes } from './estimateBytes.ts'
import { freshness } from './freshness.ts'
import { type TierReads, type TierStats, TierTally } from './tierTally.ts'
import type { CacheConfig, CacheEntry, CacheTier, Invalidation } from './types.ts'

export interface TagCacheOptions extends Pick<CacheConfig, 'ttl' | 'maxSize'> {
  /** What all entries may take together; bytes, estimated. */
  maxBytes: number
}

/** One read of so many is timed: looking at the clock takes as long as the read. */
const TIMED_EVERY = 64

/** The memory tier: the entries used last, as many as were allowed, none older than the time to live. */
export class TagCache implements CacheTier {
  readonly #entries: LRUCache<string, CacheEntry<unknown>>
  readonly #tally = new TierTally()
  readonly #lifetime: { ttl: number; grace: number }
  #evictionCount = 0
  #untilTimed = TIMED_EVERY

  constructor({ ttl, maxSize, maxBytes }: TagCacheOptions) {
    this.#lifetime = { ttl, grace: 0 }
    this.#entries = new LRUCache({
      max: maxSize,
      maxSize: maxBytes,
      sizeCalculation: ({ data }) => 64 + estimateBytes(data),
      // lru-cache would age entries by the monotonic clock alone, which stands still while the computer sleeps.
      dispose: (_entry, _key, reason) => {
        if (reason === 'evict') this.#evictionCount += 1
      },
    })
  }

  get<T>(key: string): CacheEntry<T> | undefined {
    this.#untilTimed -= 1
    if (this.#untilTimed > 0) return this.#read(key)
    this.#untilTimed = TIMED_EVERY
    const start = performance.now()
    const entry = this.#read<T>(key)
    this.#tally.time(performance.now() - start, TIMED_EVERY)
    return entry
  }

  /** What is here, whatever its age, without counting as a read. */
  peek<T>(key: string): CacheEntry<T> | undefined {
    return this.#entries.peek(key) as CacheEntry<T> | undefined
  }

  set<T>(key: string, entry: CacheEntry<T>): void {
    this.#entries.set(key, entry)
  }

  delete(key: string): void {
    this.#entries.delete(key)
  }

  clear(): void {
    this.#entries.clear()
  }

  /** @returns the keys that were dropped because of what they depend on */
  invalidate({ keys = [], tags = [] }: Invalidation): string[] {
    for (const key of keys) this.#entries.delete(key)
    if (tags.length === 0) return []
    const changed = new Set(tags)
    const outdated = [...this.#entries.entries()]
      .filter(([, entry]) => entry.tags.some((tag) => changed.has(tag)))
      .map(([key]) => key)
    for (const key of outdated) this.#entries.delete(key)
    return outdated
  }

  /** Takes entries ahead of need. They replace nothing that is here, and push out nothing that was used. */
  preload(entries: Iterable<readonly [key: string, entry: CacheEntry<unknown>]>): void {
    for (const [key, entry] of entries) {
      if (this.#entries.size >= this.#entries.max) return
      if (!this.#entries.has(key)) this.#entries.set(key, entry)
    }
  }

  stats(): TierStats {
    return this.#tally.report({
      evictionCount: this.#evictionCount,
      memoryUsage: this.#entries.calculatedSize,
    })
  }

  /** The reads since this was last called. */
  takeReads(): TierReads {
    return this.#tally.take()
  }

  #read<T>(key: string): CacheEntry<T> | undefined {
    const entry = this.#entries.get(key) as CacheEntry<T> | undefined
    const time = coarseNow()
    if (entry === undefined || freshness(entry, this.#lifetime, time) !== 'fresh') {
      if (entry) this.#entries.delete(key)
      this.#tally.misses += 1
      return undefined
    }
    entry.hits += 1
    entry.lastAccessed = time
    this.#tally.hits += 1
    return entry
  }
}
