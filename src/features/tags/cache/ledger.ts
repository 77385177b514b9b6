import { promisifyRequest } from 'idb-keyval'
import * as z from 'zod/mini'

/** No entry's key begins like this. */
export const LEDGER_KEY = '~ledger'

const rowSchema = z.object({
  /** ms since the epoch; null: invalidated, and nothing stored since. */
  timestamp: z.nullable(z.number()),
  tags: z.array(z.string()),
  /** Changes when the entry is invalidated. */
  mark: z.string(),
  /** When it was written or invalidated; ms since the epoch. */
  at: z.number(),
})

const ledgerSchema = z.object({
  /** Changes when everything is purged. */
  epoch: z.string(),
  /** When everything was purged last; ms since the epoch. */
  purgedAt: z.number(),
  // z.record does the same, but nothing else uses it, and zod is part of the first load.
  rows: z.catchall(z.object({}), rowSchema),
})

/**
 * What IndexedDB holds and what was taken away, in one record that every write reads and writes: so that data which were
 * asked for before a purge or an invalidation can be refused when they come after it, whichever tab asked.
 */
export interface Ledger {
  epoch: string
  purgedAt: number
  /** By key. */
  rows: Record<string, LedgerRow>
}

/** Epoch and mark of the moment at which data were asked for. Without a mark an invalidation since then is no matter. */
export interface WriteToken {
  epoch: string
  mark?: string
}

export type LedgerRow = z.infer<typeof rowSchema>

/** The mark of an entry that was never invalidated. */
export const NO_MARK = ''

/** What a ledger says of a key now. */
export function tokenOf({ epoch, rows }: Ledger, key: string): WriteToken {
  return { epoch, mark: rows[key]?.mark ?? NO_MARK }
}

/** What no token of before has: an epoch or a mark. */
export function newMark(): string {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`
}

/** Undefined when something else is in its place: then no entry can be trusted. */
export async function readLedger(store: IDBObjectStore): Promise<Ledger | undefined> {
  const found = await promisifyRequest<unknown>(store.get(LEDGER_KEY))
  if (found === undefined) return { epoch: NO_MARK, purgedAt: 0, rows: {} }
  return ledgerSchema.safeParse(found).data
}
