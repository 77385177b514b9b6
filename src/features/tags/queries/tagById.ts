import { queryOptions } from '@tanstack/react-query'
import { fetchTagById } from '../services/tagService.ts'
import { tagKeys } from './tagKeys.ts'

/** The tag with this id, or the one that it was merged into; null when it is gone or banned. */
export function tagByIdQuery(id: string) {
  return queryOptions({
    queryKey: tagKeys.byId(id),
    queryFn: ({ signal }) => fetchTagById(id, signal),
  })
}
