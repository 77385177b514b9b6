import { queryOptions, useQuery } from '@tanstack/react-query'
import { fetchWrittenThemes } from '../services/songService.ts'
import { songKeys } from './songKeys.ts'

function writtenThemesQuery(songId: string) {
  return queryOptions({
    queryKey: songKeys.writtenThemes(songId),
    queryFn: ({ signal }) => fetchWrittenThemes(songId, signal),
  })
}

export function useWrittenThemes(songId: string) {
  return useQuery(writtenThemesQuery(songId))
}
