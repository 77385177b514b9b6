import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { fetchTagCounts, type TagFilter } from '../../services/tagAdminService.ts'
import { tagKeys } from '../tagKeys.ts'

function tagCountsQuery({ query, category }: TagFilter) {
  return queryOptions({
    // Neither kind nor order nor page: none of them changes the counts.
    queryKey: [...tagKeys.admin(), 'counts', query, category],
    queryFn: ({ signal }) => fetchTagCounts({ query, category }, signal),
    refetchInterval: 30_000,
  })
}

/**
 * How many tags there are of each kind, with this text and in this category.
 * @param enabled false while the tags themselves are on their way: counting reads all of them, and would hold them up
 */
export function useTagCounts(filter: TagFilter, { enabled }: { enabled: boolean }) {
  return useQuery({ ...tagCountsQuery(filter), placeholderData: keepPreviousData, enabled })
}
