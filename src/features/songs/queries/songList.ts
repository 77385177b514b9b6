import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { fetchSongPage } from '../services/songService.ts'
import type { SongFilter, SongPlace } from '../types.ts'
import { songKeys } from './songKeys.ts'

function songListQuery(filter: SongFilter) {
  return infiniteQueryOptions({
    queryKey: songKeys.list(filter),
    queryFn: ({ pageParam, signal }) => fetchSongPage(filter, pageParam, signal),
    initialPageParam: null as SongPlace | null,
    getNextPageParam: (page) => page.next,
  })
}

/** The songs a filter leaves, page by page. While the next filter is on its way, the last answer stays to be read. */
export function useSongList(filter: SongFilter, { enabled }: { enabled: boolean }) {
  return useInfiniteQuery({
    ...songListQuery(filter),
    enabled,
    placeholderData: keepPreviousData,
    select: (data) => data.pages.flatMap((page) => page.songs),
  })
}
