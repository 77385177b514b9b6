import type { QueryClient } from '@tanstack/react-query'
import { signedInUserQuery } from '../../auth/index.ts'
import { CacheManager } from '../cache/cacheManager.ts'
import { tracker } from '../monitoring/tracker.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

let cache: CacheManager | undefined

/** The app's one cache of tags, and whose data it holds: whoever is signed in. */
export async function tagCache(client: QueryClient): Promise<{ cache: CacheManager; owner: string | null }> {
  // Not from the session: while its token has run out and cannot be renewed, it is a long wait and then nobody's. That is
  // no sign-out, and nothing may be thrown away for it.
  const user = await client.ensureQueryData(signedInUserQuery())
  const owner = user?.id ?? null
  return { cache: await tagCacheOf(owner), owner }
}

/** Nothing of whoever it belonged to before is left, in any tab. */
export async function tagCacheOf(owner: string | null): Promise<CacheManager> {
  cache ??= openCache(owner)
  await cache.setOwner(owner)
  return cache
}

function openCache(owner: string | null): CacheManager {
  const opened = new CacheManager({
    owner,
    ttl: MINUTE,
    // On a music stand without a network the tags of last Sunday are better than none.
    grace: 30 * DAY,
    maxSize: 500,
    maxBytes: 32 * 1024 * 1024,
    persistToStorage: true,
  })
  tracker.watchCache(() => opened.takeReads())
  return opened
}
