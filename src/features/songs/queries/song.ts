import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query'
import { isUuid } from '../../../lib/isUuid.ts'
import { fetchSong } from '../services/songService.ts'
import { songKeys } from './songKeys.ts'

/** A song by its id, null when there is none. @param id as it stands in the address, whatever that is */
export function songQuery(id: string) {
  return queryOptions({
    queryKey: songKeys.song(id),
    // An address somebody mistyped is a song that is not there, not a server in trouble.
    queryFn: ({ signal }) => (isUuid(id) ? fetchSong(id, signal) : null),
  })
}

/** As songQuery. */
export function useSong(id: string) {
  return useQuery(songQuery(id))
}

/** The song as it is from now on: not the answer to a read that is under way, which may be older. */
export async function readSongAnew(queryClient: QueryClient, id: string) {
  const query = songQuery(id)
  await queryClient.cancelQueries({ queryKey: query.queryKey, exact: true })
  return queryClient.fetchQuery({ ...query, staleTime: 0 })
}
