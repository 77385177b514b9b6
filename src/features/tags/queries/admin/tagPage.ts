import { keepPreviousData, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import {
  fetchTagPage,
  type TagFilter,
  type TagOrder,
  type TagPosition,
} from '../../services/tagAdminService.ts'
import { tagKeys } from '../tagKeys.ts'
import { POLL } from './poll.ts'

const TAGS_ON_A_PAGE = 50

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
    void queryClient.prefetchQuery({
      ...tagPageQuery(filter, order, { from: next, backwards: false }),
      staleTime: 30_000,
    })
  }, [queryClient, filter, order, next])
  return page
}
