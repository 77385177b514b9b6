import { queryOptions, useQuery } from '@tanstack/react-query'
import { fetchWrittenThemes } from '../services/songService.ts'
import { songKeys } from './songKeys.ts'

function writtenThemesQuery(songId: string) {
  return queryOptions({
    queryKey: songKeys.writtenThemes(songId),
    queryFn: ({ signal }) => fetchWrittenThemes(songId, signal),
  })
}

/** The song's themes from before tags, as they were written. */
export function useWrittenThemes(songId: string) {
  return useQuery(writtenThemesQuery(songId))
}
