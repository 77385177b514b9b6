import { useQueryClient } from '@tanstack/react-query'
import { tagEntryKey } from '../../cache/entryKeys.ts'
import { refreshCatalog } from '../catalog.ts'
import { tagCache } from '../tagCache.ts'

/** What follows from a change of tags that the server has accepted: whatever shows a tag, or songs by a tag, asks anew. */
export function useTagsChanged() {
  const queryClient = useQueryClient()
  return async (tagIds: readonly string[]): Promise<void> => {
    const { cache } = await tagCache(queryClient)
    await cache.invalidate({ tags: tagIds.map(tagEntryKey) })
    void queryClient.invalidateQueries({ predicate: ({ queryKey: [first] }) => first !== 'auth' })
    // A minute later the catalogue would learn of it by itself.
    void refreshCatalog(queryClient).catch(() => undefined)
  }
}
