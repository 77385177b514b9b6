import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query'
import type { CacheManager } from '../cache/cacheManager.ts'
import { applyDelta } from '../catalog/applyDelta.ts'
import { loadCatalog } from '../catalog/loadCatalog.ts'
import type { CatalogSnapshot, CatalogTag } from '../catalog/types.ts'
import type { Tag } from '../types.ts'
import { tagCache } from './tagCache.ts'
import { tagKeys } from './tagKeys.ts'

/** In the cache; the server's version of it stands in the snapshot. */
const KEY = 'catalog'

/**
 * The vocabulary: from the cache at once, and from the server what has changed since. The cache asks in the background
 * and for all tabs; this query hears of what came.
 */
export function catalogQuery() {
  return queryOptions({
    queryKey: tagKeys.catalog(),
    queryFn: async ({ client, signal }) => {
      const { cache, owner } = await tagCache(client)
      listen(client, owner, () => cache.subscribe(KEY, () => void client.invalidateQueries(catalogQuery())))
      return cache.getOrLoad<CatalogSnapshot>(KEY, {
        load: (previous, aborted) => loadCatalog(previous ?? null, aborted),
        accept: isSnapshot,
        signal,
      })
    },
    // The cache may have it where there is no network.
    networkMode: 'offlineFirst',
    // Comparing thousands of tags one by one would cost more than they are worth; an unchanged answer is the same object.
    structuralSharing: false,
    gcTime: Number.POSITIVE_INFINITY,
  })
}

/** As catalogQuery. */
export function useCatalog() {
  return useQuery(catalogQuery())
}

/** Tags that somebody has just made: this tab and the others know them at once, without a call. */
export async function addToCatalog(client: QueryClient, made: readonly (CatalogTag | Tag)[]): Promise<void> {
  const { cache } = await tagCache(client)
  // From here on in one step: whoever signs out meanwhile takes all of it with them.
  const catalog = client.getQueryData(catalogQuery().queryKey)
  const known = new Set(catalog?.tags.map(({ id }) => id))
  const changed = made.filter(({ id }) => !known.has(id)).map((tag) => ('usage' in tag ? tag : usedOnce(tag)))
  if (!catalog || catalog.partial || changed.length === 0) return
  // The same version: what others have changed is still to come.
  const now = applyDelta(catalog, { version: catalog.version, changed, gone: [] })
  keepCatalog(client, cache, now)
}

/** What this person has just changed, or what is known to have changed: this tab and the others learn of it at once. */
export async function refreshCatalog(client: QueryClient): Promise<void> {
  const catalog = client.getQueryData(catalogQuery().queryKey)
  if (!catalog) return
  const { owner } = await tagCache(client)
  const now = await loadCatalog(catalog, new AbortController().signal)
  const { cache, owner: ownerNow } = await tagCache(client)
  // It was asked for as somebody who has signed out since.
  if (ownerNow !== owner) return
  keepCatalog(client, cache, now)
}

/** Other tabs learn of it when IndexedDB has it, which nobody waits for. */
function keepCatalog(client: QueryClient, cache: CacheManager, catalog: CatalogSnapshot): void {
  client.setQueryData(catalogQuery().queryKey, catalog)
  void cache.set(KEY, catalog)
}

/** A tag that a song has just brought into being. */
function usedOnce({ id, name, category }: Tag): CatalogTag {
  return { id, name, category, colour: null, isStandard: false, usage: 1, synonyms: [] }
}

const listening = new WeakMap<QueryClient, { owner: string | null; stop: () => void }>()

/** Once for a client and a person: keys in the cache carry the person. */
function listen(client: QueryClient, owner: string | null, subscribe: () => () => void): void {
  const before = listening.get(client)
  if (before?.owner === owner) return
  before?.stop()
  listening.set(client, { owner, stop: subscribe() })
}

/** Whether what a storage held is a catalogue: another version of the app may have written it. */
function isSnapshot(data: unknown): boolean {
  return (
    typeof data === 'object' &&
    data !== null &&
    'version' in data &&
    typeof data.version === 'string' &&
    'tags' in data &&
    Array.isArray(data.tags) &&
    data.tags.every(isTag)
  )
}

/** By hand: a schema would take longer over thousands of them than restoring them does. */
function isTag(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false
  const { id, name, category, usage, synonyms } = data as Partial<Record<keyof CatalogTag, unknown>>
  return (
    typeof id === 'string' &&
    typeof name === 'string' &&
    typeof category === 'string' &&
    typeof usage === 'number' &&
    Array.isArray(synonyms) &&
    synonyms.every((synonym) => typeof synonym === 'string')
  )
}
