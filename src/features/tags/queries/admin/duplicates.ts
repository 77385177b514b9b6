import { type QueryClient, queryOptions, skipToken, useQuery } from '@tanstack/react-query'
import { type DuplicatePair, duplicatePairs } from '../../catalog/duplicatePairs.ts'
import { runInSlices } from '../../catalog/matcher/steps.ts'
import type { CatalogTag } from '../../catalog/types.ts'
import { idle } from '../../hooks/idle.ts'
import { fetchTagPage, type TagPosition } from '../../services/tagAdminService.ts'
import { catalogQuery, refreshCatalog } from '../catalog.ts'
import { tagKeys } from '../tagKeys.ts'

const PAGE = 2000

/** How far a search has come; tags. */
export type SearchProgress = { done: number; of: number }

const progressKey = [...tagKeys.admin(), 'duplicates', 'progress'] as const

/** Looks all tags through here, by the rules that also warn of a new tag which nearly exists. The server has no part in it. */
function duplicatesQuery() {
  return queryOptions({
    queryKey: [...tagKeys.admin(), 'duplicates'],
    queryFn: async ({ client, signal }) => {
      const tags = await allTags(client, signal)
      const tell = (done: number) =>
        client.setQueryData<SearchProgress>(progressKey, { done, of: tags.length })
      const pause = async () => {
        await idle()
        signal.throwIfAborted()
      }
      return runInSlices(duplicatePairs(tags, tell), { pause, sliceMs: 12 })
    },
    // What is merged or kept apart is taken out of the answer; it is looked for anew when somebody asks for that.
    staleTime: 'static',
    structuralSharing: false,
  })
}

export function useDuplicates() {
  return useQuery(duplicatesQuery())
}

export function useSearchProgress() {
  return useQuery<SearchProgress>({ queryKey: progressKey, queryFn: skipToken })
}

/** Tags that were merged are no longer half of a pair. */
export function forgetDuplicates(client: QueryClient, merged: readonly string[]): void {
  client.setQueryData<DuplicatePair[]>(duplicatesQuery().queryKey, (pairs) =>
    pairs?.filter(({ keep, merge }) => !merged.includes(keep.id) && !merged.includes(merge.id)),
  )
}

/** The catalogue, or when it is too large to be given away whole, every page of the console's list. */
async function allTags(client: QueryClient, signal: AbortSignal): Promise<readonly CatalogTag[]> {
  await client.ensureQueryData(catalogQuery())
  // What is kept here may be of before a migration, which is when somebody looks.
  await refreshCatalog(client)
  const catalog = await client.ensureQueryData(catalogQuery())
  if (!catalog.partial) return catalog.tags
  const tags: CatalogTag[] = []
  let position: TagPosition = { from: null, backwards: false }
  for (;;) {
    const page = await fetchTagPage(
      { query: '', category: null, kind: 'all' },
      { sort: 'name', descending: false },
      position,
      PAGE,
      signal,
    )
    for (const { songs, isBanned, ...tag } of page.rows) if (!isBanned) tags.push({ ...tag, usage: songs })
    const last = page.rows.at(-1)
    if (!page.hasMore || last === undefined) return tags
    position = { from: last.key, backwards: false }
  }
}
