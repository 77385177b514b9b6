import { keepPreviousData, queryOptions, skipToken, useQuery } from '@tanstack/react-query'
import { fetchTagPage } from '../../services/tagAdminService.ts'
import { tagKeys } from '../tagKeys.ts'

const FOUND = 8

function foundTagsQuery(query: string) {
  return queryOptions({
    queryKey: [...tagKeys.admin(), 'found', query],
    queryFn:
      query === ''
        ? skipToken
        : async ({ signal }) => {
            const { rows } = await fetchTagPage(
              { query, category: null, kind: 'all' },
              { sort: 'songs', descending: true },
              { from: null, backwards: false },
              FOUND,
              signal,
            )
            return rows
          },
  })
}

/** The most used tags that have a name or synonym like this; none for no text. */
export function useFoundTags(query: string) {
  return useQuery({
    ...foundTagsQuery(query),
    ...(query !== '' && { placeholderData: keepPreviousData }),
  })
}
