import { createStore, get, set } from 'idb-keyval'
import { CacheManager } from '../../../../src/features/tags/cache/cacheManager.ts'
import { createScanningMatcher } from '../../../../src/features/tags/catalog/scanningMatcher.ts'
import type { CatalogSnapshot } from '../../../../src/features/tags/catalog/types.ts'

export interface Restored {
  /** ms to the snapshot. */
  readMs: number
  /** ms to the first suggestion. */
  ms: number
}

const DAY = 86_400_000

function openCache(): CacheManager {
  return new CacheManager({
    owner: 'anna',
    ttl: 60_000,
    grace: 30 * DAY,
    maxSize: 500,
    maxBytes: 32 * 2 ** 20,
    persistToStorage: true,
  })
}

/** Both ways of keeping it. */
export async function store(snapshot: CatalogSnapshot): Promise<void> {
  await openCache().set('catalog', snapshot)
  await set('catalog', snapshot, createStore('as-an-object', 'entries'))
}

/** On a page that was just loaded: its code is not compiled yet, and no database is open. */
export async function restore(): Promise<Restored> {
  const start = performance.now()
  const snapshot = await openCache().getOrLoad<CatalogSnapshot>('catalog', {
    load: () => Promise.reject(new Error('The catalogue was not kept.')),
  })
  return suggestion(snapshot, start)
}

export async function restoreObject(): Promise<Restored> {
  const start = performance.now()
  const snapshot = await get<CatalogSnapshot>('catalog', createStore('as-an-object', 'entries'))
  if (!snapshot) throw new Error('The catalogue was not kept.')
  return suggestion(snapshot, start)
}

function suggestion(snapshot: CatalogSnapshot, start: number): Restored {
  const readMs = performance.now() - start
  const found = createScanningMatcher(snapshot.tags).suggest('than', { limit: 8 })
  if (found.length === 0) throw new Error('Nothing was suggested.')
  return { readMs, ms: performance.now() - start }
}
