import { queryOptions, useQuery } from '@tanstack/react-query'
import { isUuid } from '../isUuid.ts'
import { fetchSong } from '../services/songService.ts'
import { songKeys } from './songKeys.ts'

export function songQuery(id: string) {
  return queryOptions({
    queryKey: songKeys.song(id),
    // An address somebody mistyped is a song that is not there, not a server in trouble.
    queryFn: ({ signal }) => (isUuid(id) ? fetchSong(id, signal) : null),
  })
}

export function useSong(id: string) {
  return useQuery(songQuery(id))
}
