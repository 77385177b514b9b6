import { getSupabase } from '../../../lib/supabase.ts'
import { CacheManager } from '../cache/cacheManager.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

let cache: CacheManager | undefined

/** The app's one cache of tags, and whose data it holds: whoever is signed in. */
export async function tagCache(): Promise<{ cache: CacheManager; owner: string | null }> {
  // From the stored session, without a call; who signs out in another tab is gone from it, too.
  const { data } = await getSupabase().auth.getSession()
  const owner = data.session?.user.id ?? null
  return { cache: await tagCacheOf(owner), owner }
}

/** Nothing of whoever it belonged to before is left, in any tab. */
export async function tagCacheOf(owner: string | null): Promise<CacheManager> {
  cache ??= new CacheManager({
    owner,
    ttl: MINUTE,
    // On a music stand without a network the tags of last Sunday are better than none.
    grace: 30 * DAY,
    maxSize: 500,
    maxBytes: 32 * 1024 * 1024,
    persistToStorage: true,
  })
  await cache.setOwner(owner)
  return cache
}
