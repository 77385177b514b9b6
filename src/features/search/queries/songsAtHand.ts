import { type InfiniteData, type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { songListsKey } from '../../songs/index.ts'
import type { FoundSong, SearchPage } from '../services/searchService.ts'

/** Every song that any search since the page was opened has shown, once each. */
function songsAtHand(queryClient: QueryClient): FoundSong[] {
  const answers = queryClient.getQueriesData<InfiniteData<SearchPage>>({ queryKey: songListsKey })
  const songs = answers.flatMap(([, data]) => data?.pages.flatMap((page) => page.songs) ?? [])
  // What matched belongs to the search that found them.
  return [...new Map(songs.map((song) => [song.id, { ...song, lyrics: null, near: false }])).values()]
}

export function useSongsAtHand(): FoundSong[] {
  const queryClient = useQueryClient()
  return useMemo(() => songsAtHand(queryClient), [queryClient])
}
