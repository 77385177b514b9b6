import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { songsWith } from '../../migration/songsWith.ts'
import { openMigration } from '../../services/migrationAdminService.ts'
import { migrationKeys } from './migrationKeys.ts'

/** Songs that are shown as they are and as they will be. */
const SAMPLES = 3

function songsWithQuery(themes: readonly string[]) {
  return queryOptions({
    queryKey: migrationKeys.songsWith(themes),
    queryFn: ({ signal }) => songsWith(openMigration(signal), themes, SAMPLES),
    enabled: themes.length > 0,
    placeholderData: keepPreviousData,
  })
}

/** How many songs these themes touch, and some of them. */
export function useSongsWith(themes: readonly string[]) {
  return useQuery(songsWithQuery(themes))
}
