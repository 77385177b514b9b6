import { queryOptions } from '@tanstack/react-query'
import { fetchPopularTags } from '../services/tagService.ts'
import { tagKeys } from './tagKeys.ts'

/** The most used tags, most used first. */
export function popularTagsQuery(limit: number) {
  return queryOptions({
    queryKey: tagKeys.popular(limit),
    queryFn: ({ signal }) => fetchPopularTags(limit, signal),
  })
}
