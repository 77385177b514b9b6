import { keepPreviousData, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'
import {
  fetchTagPage,
  type TagFilter,
  type TagOrder,
  type TagPosition,
} from '../../services/tagAdminService.ts'
import { tagKeys } from '../tagKeys.ts'
import { POLL } from './poll.ts'

const TAGS_ON_A_PAGE = 50

/** ms. Whoever is still typing wants another page than the one after this. */
const TYPING_REST = 100
/** ms. What was fetched ahead is as good as new for so long. */
const FRESH = 10_000

function tagPageQuery(filter: TagFilter, order: TagOrder, position: TagPosition) {
  return queryOptions({
    queryKey: [...tagKeys.admin(), 'page', filter, order, position],
    queryFn: ({ signal }) => fetchTagPage(filter, order, position, TAGS_ON_A_PAGE, signal),
    ...POLL,
  })
}

/** A page of tags. The one before stays to be read until it is there; the one after is fetched ahead. */
export function useTagPage(filter: TagFilter, order: TagOrder, position: TagPosition) {
  const queryClient = useQueryClient()
  const page = useQuery({ ...tagPageQuery(filter, order, position), placeholderData: keepPreviousData })
  const last = page.data?.rows.at(-1)
  const next = page.data?.hasMore && !page.isPlaceholderData && !position.backwards ? last?.key : undefined
  useEffect(() => {
    if (next === undefined) return
    const timer = setTimeout(
      () =>
        void queryClient.prefetchQuery({
          ...tagPageQuery(filter, order, { from: next, backwards: false }),
          staleTime: 3 * FRESH,
        }),
      filter.query === '' ? 0 : TYPING_REST,
    )
    return () => clearTimeout(timer)
  }, [queryClient, filter, order, next])
  return page
}

/** Fetches a page that somebody is about to ask for: the pointer or the focus is on what does. */
export function useTagPageAhead() {
  const queryClient = useQueryClient()
  return useCallback(
    (filter: TagFilter, order: TagOrder, position: TagPosition) =>
      void queryClient.prefetchQuery({ ...tagPageQuery(filter, order, position), staleTime: FRESH }),
    [queryClient],
  )
}
