import { queryOptions, skipToken } from '@tanstack/react-query'
import { fetchCompanions } from '../services/tagService.ts'
import { tagKeys } from './tagKeys.ts'

/** How usually other tags go with the chosen ones, by id; asks nothing when none is chosen. */
export function companionsQuery(tagIds: readonly string[]) {
  return queryOptions({
    queryKey: tagKeys.companions(tagIds),
    queryFn: tagIds.length > 0 ? ({ signal }) => fetchCompanions(tagIds, signal) : skipToken,
  })
}
