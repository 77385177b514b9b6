import { queryOptions, useQuery } from '@tanstack/react-query'
import { listRuns } from '../../migration/listRuns.ts'
import { openMigration } from '../../services/migrationAdminService.ts'
import { migrationKeys } from './migrationKeys.ts'

function runsQuery() {
  return queryOptions({
    queryKey: migrationKeys.runs(),
    queryFn: ({ signal }) => listRuns(openMigration(signal)),
    staleTime: 0,
    // Other admins and terminals start runs, too.
    refetchInterval: 15_000,
  })
}

/** Every run, newest first. */
export function useRuns() {
  return useQuery(runsQuery())
}
