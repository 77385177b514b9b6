import { now } from './clock.ts'
import { freshness, type Lifetime } from './freshness.ts'
import { IndexedDbTier, type WriteOutcome } from './indexedDbTier.ts'
import type { LedgerRow, WriteToken } from './ledger.ts'
import { SessionTier } from './sessionTier.ts'
import { TierGuard } from './tierGuard.ts'
import type { TierReads, TierStats } from './tierTally.ts'
import type { CacheEntry, Invalidation } from './types.ts'

/** ms. The person is waiting: with the next tier's time the answer must come within 100. */
const READ_DEADLINE = 50
/** ms. Nobody waits for a write, and the first opening may take long; but a hanging one must not hold its lock for ever. */
const WRITE_DEADLINE = 10_000
/** ms. Whoever signs out, or has changed a tag, waits for what is dropped. */
const DROP_DEADLINE = 2000

/** The two tiers that outlive the page, each behind its guard: whatever the browser's storage does, nothing here throws. */
export class StoredTiers {
  readonly #session = new SessionTier()
  readonly #sessionGuard = new TierGuard()
  readonly #database = new IndexedDbTier()
  readonly #databaseGuard = new TierGuard()
  readonly #lifetime: Lifetime

  constructor(lifetime: Lifetime) {
    this.#lifetime = lifetime
  }

  readSession<T>(key: string): CacheEntry<T> | undefined {
    const start = performance.now()
    const entry = this.#sessionGuard.now(() => this.#session.get<T>(key))
    this.#sessionGuard.tally.time(performance.now() - start)
    return this.#count(this.#sessionGuard, entry)
  }

  /** @param late is given what comes after the deadline */
  async readDatabase<T>(
    key: string,
    late?: (answer: Promise<CacheEntry<T> | undefined>) => void,
  ): Promise<CacheEntry<T> | undefined> {
    const guard = this.#databaseGuard
    const start = performance.now()
    const entry = await guard.read(READ_DEADLINE, () => this.#database.get<T>(key), late)
    guard.tally.time(performance.now() - start)
    return this.#count(guard, entry)
  }

  writeSession(key: string, entry: CacheEntry<unknown>): void {
    this.#sessionGuard.now(() => this.#session.set(key, entry))
  }

  /** Undefined when it could not be written. @param isTouch only the age is new */
  writeDatabase(
    key: string,
    entry: CacheEntry<unknown>,
    token: WriteToken,
    isTouch: boolean,
  ): Promise<WriteOutcome | undefined> {
    return this.#write(async () => {
      if (isTouch && (await this.#database.touch(key, entry.timestamp, token)) === 'written') return 'written'
      return this.#database.set(key, entry, token)
    })
  }

  /** Undefined when it could not be read: then what was asked for cannot be stored either. */
  token(key: string): Promise<WriteToken | undefined> {
    return this.#write(() => this.#database.token(key))
  }

  lastChange(key: string): Promise<LedgerRow | undefined> {
    return this.#write(() => this.#database.lastChange(key))
  }

  forgetSession(key: string): void {
    this.#sessionGuard.now(() => this.#session.delete(key))
  }

  invalidateSession({ keys = [], tags = [] }: Invalidation): void {
    this.#sessionGuard.now(() => {
      for (const key of keys) this.#session.delete(key)
      if (tags.length > 0) this.#session.invalidateTags(new Set(tags))
    })
  }

  /** @returns the keys that it dropped; undefined when it could not */
  invalidateDatabase(invalidation: Invalidation): Promise<string[] | undefined> {
    return this.#databaseGuard.within(DROP_DEADLINE, () => this.#database.invalidate(invalidation))
  }

  clearSession(): void {
    this.#sessionGuard.now(() => this.#session.clear())
  }

  async clearDatabase(): Promise<void> {
    await this.#databaseGuard.within(DROP_DEADLINE, () => this.#database.clear())
  }

  sweepSession(scope: string): void {
    this.#sessionGuard.now(() => this.#session.sweep(scope))
  }

  async sweepDatabase(scope: string): Promise<void> {
    await this.#write(() => this.#database.sweep(scope))
  }

  stats(): { session: TierStats; indexedDb: TierStats } {
    return {
      session: this.#sessionGuard.tally.report({ evictionCount: this.#session.evictionCount }),
      indexedDb: this.#databaseGuard.tally.report({ evictionCount: this.#database.evictionCount }),
    }
  }

  /** The reads since this was last called. */
  takeReads(): { session: TierReads; indexedDb: TierReads } {
    return { session: this.#sessionGuard.tally.take(), indexedDb: this.#databaseGuard.tally.take() }
  }

  #write<T>(work: () => Promise<T>): Promise<T | undefined> {
    return this.#databaseGuard.within(WRITE_DEADLINE, work)
  }

  /** A hit is an entry that can be shown. */
  #count<T>({ tally }: TierGuard, entry: CacheEntry<T> | undefined): CacheEntry<T> | undefined {
    const state = entry && freshness(entry, this.#lifetime, now())
    if (state === 'unknowable') tally.failAs('clock')
    if (state === 'fresh' || state === 'stale') tally.hits += 1
    else tally.misses += 1
    return entry
  }
}
