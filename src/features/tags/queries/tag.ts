import { queryOptions, skipToken, useQuery } from '@tanstack/react-query'
// Not with the other calls: the first page needs this one alone.
import { fetchTag } from '../services/fetchTag.ts'
import { tagKeys } from './tagKeys.ts'

function tagQuery(normalizedName: string | null) {
  return queryOptions({
    queryKey: tagKeys.byName(normalizedName ?? ''),
    queryFn: normalizedName ? ({ signal }) => fetchTag(normalizedName, signal) : skipToken,
  })
}

/** The tag with this normalized name; asks nothing when there is no name. */
export function useTag(normalizedName: string | null) {
  return useQuery(tagQuery(normalizedName))
}
