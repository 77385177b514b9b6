import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { countSongs } from '../services/songService.ts'
import type { SongFilter } from '../types.ts'
import { songKeys } from './songKeys.ts'

function songCountQuery(filter: SongFilter) {
  return queryOptions({
    queryKey: songKeys.count(filter),
    queryFn: ({ signal }) => countSongs(filter, signal),
  })
}

export function useSongCount(filter: SongFilter, { enabled }: { enabled: boolean }) {
  return useQuery({ ...songCountQuery(filter), enabled, placeholderData: keepPreviousData })
}
