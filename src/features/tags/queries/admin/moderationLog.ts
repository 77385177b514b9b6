import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { fetchModerationLog, type ModerationFilter } from '../../services/tagAdminService.ts'
import { tagKeys } from '../tagKeys.ts'
import { POLL } from './poll.ts'

function moderationLogQuery(filter: ModerationFilter) {
  return infiniteQueryOptions({
    queryKey: [...tagKeys.admin(), 'log', filter],
    queryFn: ({ pageParam, signal }) => fetchModerationLog(filter, pageParam, signal),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    ...POLL,
  })
}

/** The moderation log, page by page. While the next filter is on its way, the last answer stays to be read. */
export function useModerationLog(filter: ModerationFilter) {
  return useInfiniteQuery({
    ...moderationLogQuery(filter),
    placeholderData: keepPreviousData,
    select: (data) => data.pages.flatMap((page) => page.entries),
  })
}
