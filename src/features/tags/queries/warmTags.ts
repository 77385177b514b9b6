import type { QueryClient } from '@tanstack/react-query'
import { CacheWarmer } from '../cache/cacheWarmer.ts'
import { catalogQuery } from './catalog.ts'
import { tagCache } from './tagCache.ts'

/** Has the catalogue, and the most used tags one by one, in memory before the first key press. Resolves in any case. */
export async function warmTags(client: QueryClient): Promise<void> {
  const { cache } = await tagCache(client)
  const load = async (limit: number) => {
    const { tags } = await client.fetchQuery(catalogQuery())
    return tags.toSorted((a, b) => b.usage - a.usage).slice(0, limit)
  }
  await new CacheWarmer({ cache, load }).warm()
}
