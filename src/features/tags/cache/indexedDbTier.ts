import { createStore, promisifyRequest, type UseStore } from 'idb-keyval'
import { now } from './clock.ts'
import { newEntry } from './entry.ts'
import {
  LEDGER_KEY,
  type Ledger,
  type LedgerRow,
  NO_MARK,
  newMark,
  readLedger,
  tokenOf,
  type WriteToken,
} from './ledger.ts'
import type { CacheEntry, CacheTier, Invalidation } from './types.ts'

const DATABASE = 'songbook-tags'

/** Entries at most; the oldest go first. */
const MOST_ENTRIES = 200

/**
 * What came of a write. `outdated`: invalidated since the data were asked for, or there are newer ones. `purged`: somebody
 * signed out since then, perhaps in another tab.
 */
export type WriteOutcome = 'written' | 'outdated' | 'purged'

/**
 * What survives a restart, for all tabs together. Every write is one transaction with the ledger, so that a killed tab
 * leaves the old entry or the new one. Methods reject with what IndexedDB says; nothing here has a deadline.
 */
export class IndexedDbTier implements CacheTier {
  evictionCount = 0
  #run: UseStore | undefined

  /** @throws SyntaxError for an entry that is none; it is deleted */
  async get<T>(key: string): Promise<CacheEntry<T> | undefined> {
    const [ledger, text] = await this.#transaction('readonly', (store) =>
      Promise.all([readLedger(store), promisifyRequest<unknown>(store.get(key))]),
    )
    if (!ledger) throw new SyntaxError('The stored ledger is not one.')
    const row = ledger.rows[key]
    if (typeof row?.timestamp !== 'number' || text === undefined) return undefined
    try {
      if (typeof text !== 'string') throw new SyntaxError('The stored entry is not one.')
      return newEntry(JSON.parse(text) as T, row.tags, row.timestamp)
    } catch (error) {
      await this.delete(key)
      throw error
    }
  }

  /** What the ledger says of a key now: take it before data are asked for, and give it back with them. */
  async token(key: string): Promise<WriteToken> {
    return tokenOf(await this.#ledger(), key)
  }

  /** When the entry was written or invalidated last; undefined when it never was. */
  async lastChange(key: string): Promise<LedgerRow | undefined> {
    return (await this.#ledger()).rows[key]
  }

  /** @param token of the moment at which the data were asked for; without one the entry is taken, unless there is a newer */
  async set<T>(key: string, entry: CacheEntry<T>, token?: WriteToken): Promise<WriteOutcome> {
    try {
      return await this.#put(key, entry, token)
    } catch (error) {
      // Copies all of them: they make room for later writes, not for this one, as the browser frees it in its own time.
      // And what could not be replaced must not be read as if it were the newest.
      if (isQuotaError(error)) await this.#removeBodies()
      throw error
    }
  }

  /** The same data, found to be still right: only their age is written. */
  async touch(key: string, timestamp: number, token: WriteToken): Promise<WriteOutcome> {
    return this.#transaction<WriteOutcome>('readwrite', async (store) => {
      const ledger = await this.#openLedger(store)
      const refusal = refusalOf(token, ledger, key, timestamp)
      if (refusal) return refusal
      const held = ledger.rows[key]
      const isThere = (await promisifyRequest(store.getKey(key))) !== undefined
      if (typeof held?.timestamp !== 'number' || !isThere || isNewer(held.timestamp, timestamp))
        return 'outdated'
      ledger.rows[key] = { ...held, timestamp, at: timestamp }
      return finish<WriteOutcome>(store, ledger, 'written')
    })
  }

  async delete(key: string): Promise<void> {
    await this.invalidate({ keys: [key] })
  }

  /**
   * Deletes entries by key, and those that depend on any of the tags. Loads that began before leave nothing behind.
   *
   * @returns all their keys
   */
  async invalidate({ keys = [], tags = [] }: Invalidation): Promise<string[]> {
    const at = now()
    return this.#transaction('readwrite', async (store) => {
      const ledger = await this.#openLedger(store)
      const dependent = Object.entries(ledger.rows)
        .filter(([, row]) => row.tags.some((tag) => tags.includes(tag)))
        .map(([key]) => key)
      const outdated = [...new Set([...keys, ...dependent])]
      for (const key of outdated) {
        store.delete(key)
        ledger.rows[key] = { timestamp: null, tags: [], mark: newMark(), at }
      }
      return finish(store, ledger, outdated)
    })
  }

  /** Everything goes, and whatever is still on its way here will be refused. */
  async clear(): Promise<void> {
    const purgedAt = now()
    await this.#transaction('readwrite', async (store) => {
      store.clear()
      return finish(store, { epoch: newMark(), purgedAt, rows: {} }, undefined)
    })
  }

  /** Deletes what belongs to another person or to another version of the app. */
  async sweep(scope: string): Promise<void> {
    await this.#transaction('readwrite', async (store) => {
      const ledger = await this.#openLedger(store)
      for (const key of await promisifyRequest(store.getAllKeys())) {
        if (key === LEDGER_KEY || (typeof key === 'string' && key.startsWith(scope))) continue
        store.delete(key)
      }
      const rows = Object.entries(ledger.rows).filter(([key]) => key.startsWith(scope))
      return finish(store, { ...ledger, rows: Object.fromEntries(rows) }, undefined)
    })
  }

  async #put<T>(key: string, entry: CacheEntry<T>, token?: WriteToken): Promise<WriteOutcome> {
    const text = JSON.stringify(entry.data)
    return this.#transaction<WriteOutcome>('readwrite', async (store) => {
      const ledger = await this.#openLedger(store)
      const refusal = token && refusalOf(token, ledger, key, entry.timestamp)
      if (refusal) return refusal
      const held = ledger.rows[key]
      if (isNewer(held?.timestamp, entry.timestamp)) return 'outdated'
      store.put(text, key)
      const { timestamp, tags } = entry
      ledger.rows[key] = { timestamp, tags: [...tags], mark: held?.mark ?? NO_MARK, at: timestamp }
      this.evictionCount += evictOldest(store, ledger)
      return finish<WriteOutcome>(store, ledger, 'written')
    })
  }

  /** Leaves the ledger as it is: where there is no room, deleting may succeed when writing does not. */
  async #removeBodies(): Promise<void> {
    await this.#transaction('readwrite', async (store) => {
      const keys = (await promisifyRequest(store.getAllKeys())).filter((key) => key !== LEDGER_KEY)
      for (const key of keys) store.delete(key)
      await promisifyRequest(store.transaction)
      this.evictionCount += keys.length
    })
  }

  /** @throws SyntaxError when it is none */
  async #ledger(): Promise<Ledger> {
    const ledger = await this.#transaction('readonly', readLedger)
    if (!ledger) throw new SyntaxError('The stored ledger is not one.')
    return ledger
  }

  /** For writing; an unreadable one takes everything with it. */
  async #openLedger(store: IDBObjectStore): Promise<Ledger> {
    const ledger = await readLedger(store)
    if (ledger) return ledger
    store.clear()
    return { epoch: newMark(), purgedAt: now(), rows: {} }
  }

  /** Once more on a new connection, when the one we had was closed: idb-keyval keeps it, and would fail for ever. */
  async #transaction<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => Promise<T>): Promise<T> {
    try {
      return await this.#attempt(mode, work)
    } catch (error) {
      if (!isLostConnection(error)) throw error
      this.#run = undefined
      return this.#attempt(mode, work)
    }
  }

  async #attempt<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => Promise<T>): Promise<T> {
    this.#run ??= createStore(DATABASE, 'entries')
    return this.#run(mode, async (store) => {
      const { transaction } = store
      // Whoever wants to delete or upgrade the database must not wait for us.
      transaction.db.onversionchange = () => transaction.db.close()
      try {
        return await work(store)
      } catch (error) {
        abort(transaction)
        throw error
      }
    })
  }
}

/**
 * By the token, and by the time at which the data were asked for: where IndexedDB was slow, the token may be of later.
 *
 * @param asked ms since the epoch
 */
function refusalOf(
  token: WriteToken,
  ledger: Ledger,
  key: string,
  asked: number,
): Exclude<WriteOutcome, 'written'> | undefined {
  const current = tokenOf(ledger, key)
  if (token.epoch !== current.epoch || isNewer(ledger.purgedAt, asked)) return 'purged'
  if (token.mark === undefined) return undefined
  return token.mark !== current.mark || isNewer(ledger.rows[key]?.at, asked) ? 'outdated' : undefined
}

/** Whether something happened after that; a time in the future says nothing. */
function isNewer(at: number | null | undefined, timestamp: number): boolean {
  return typeof at === 'number' && at > timestamp && at <= now()
}

/** @returns how many entries had to go */
function evictOldest(store: IDBObjectStore, { rows }: Ledger): number {
  const excess = Object.entries(rows)
    .toSorted(([, a], [, b]) => b.at - a.at)
    .slice(MOST_ENTRIES)
  for (const [key] of excess) {
    store.delete(key)
    delete rows[key]
  }
  return excess.filter(([, row]) => row.timestamp !== null).length
}

/** Resolves when the transaction has committed, with the ledger as it is now. */
async function finish<T>(store: IDBObjectStore, ledger: Ledger, outcome: T): Promise<T> {
  store.put(ledger, LEDGER_KEY)
  await promisifyRequest(store.transaction)
  return outcome
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort()
  } catch {
    // It has ended by itself; that is what was wanted.
  }
}

function isQuotaError(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuotaExceededError'
}

const LOST_CONNECTION = new Set(['InvalidStateError', 'AbortError', 'TransactionInactiveError'])

/** A transaction that ended with its connection may have no error at all. */
function isLostConnection(error: unknown): boolean {
  if (error === null) return true
  return error instanceof Error && LOST_CONNECTION.has(error.name)
}
