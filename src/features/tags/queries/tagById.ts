import { queryOptions, useQuery } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { tagEntryKey } from '../cache/entryKeys.ts'
import type { CatalogTag } from '../catalog/types.ts'
import { catalogTagSchema } from '../services/catalogTag.ts'
import { fetchTagById } from '../services/tagService.ts'
import { tagCache } from './tagCache.ts'
import { tagKeys } from './tagKeys.ts'

/** The tag with this id, or the one that it was merged into; null when it is gone or banned. */
export function tagByIdQuery(id: string) {
  return queryOptions({
    queryKey: tagKeys.byId(id),
    queryFn: async ({ client, signal }) => {
      const { cache } = await tagCache(client)
      const key = tagEntryKey(id)
      return cache.getOrLoad<CatalogTag | null>(key, {
        load: (_previous, aborted) => fetchTagById(id, aborted),
        tags: [key],
        accept: isTag,
        signal,
      })
    },
    // The cache may have it where there is no network.
    networkMode: 'offlineFirst',
  })
}

/** As tagByIdQuery. */
export function useTagById(id: string) {
  return useQuery(tagByIdQuery(id))
}

/** Whether a storage held what is wanted: another version of the app may have written it. */
function isTag(data: unknown): boolean {
  return z.nullable(catalogTagSchema).safeParse(data).success
}
