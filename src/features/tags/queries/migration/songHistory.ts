import { queryOptions, useQuery } from '@tanstack/react-query'
import { songHistory } from '../../migration/songHistory.ts'
import { openMigration } from '../../services/migrationAdminService.ts'
import { migrationKeys } from './migrationKeys.ts'

function songHistoryQuery(songId: string) {
  return queryOptions({
    queryKey: migrationKeys.song(songId),
    queryFn: ({ signal }) => songHistory(openMigration(signal), songId),
    staleTime: 0,
  })
}

/** A song before the migration, as each run left it, and now. */
export function useSongHistory(songId: string) {
  return useQuery(songHistoryQuery(songId))
}
