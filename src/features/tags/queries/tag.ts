import { queryOptions, skipToken, useQuery } from '@tanstack/react-query'
// Not with the other calls: the first page needs this one alone.
import { fetchTag } from '../services/fetchTag.ts'
import { tagKeys } from './tagKeys.ts'

function tagQuery(normalizedName: string) {
  return queryOptions({
    queryKey: tagKeys.byName(normalizedName),
    queryFn: normalizedName === '' ? skipToken : ({ signal }) => fetchTag(normalizedName, signal),
  })
}

/** The tag with this normalized name; asks nothing when it is empty. */
export function useTag(normalizedName: string) {
  return useQuery(tagQuery(normalizedName))
}
