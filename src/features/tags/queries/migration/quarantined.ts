import { queryOptions, useQuery } from '@tanstack/react-query'
import * as z from 'zod/mini'
import type { Run } from '../../migration/migrationDatabase.ts'
import { openMigration } from '../../services/migrationAdminService.ts'
import { migrationKeys } from './migrationKeys.ts'

const quarantinedSchema = z.array(
  z.object({
    songId: z.string(),
    title: z.nullable(z.string()),
    sqlstate: z.string(),
    message: z.string(),
    attempts: z.int(),
  }),
)
export type QuarantinedSong = z.infer<typeof quarantinedSchema>[number]

function quarantinedQuery({ id, quarantined }: Pick<Run, 'id' | 'quarantined'>) {
  return queryOptions({
    // Asked again when there are more, or fewer.
    queryKey: [...migrationKeys.quarantined(id), quarantined],
    queryFn: ({ signal }) =>
      openMigration(signal).call('tag_migration_quarantined', { p_run: id }, quarantinedSchema),
    staleTime: 0,
  })
}

/** The run's songs in quarantine with their reason; at most a thousand. */
export function useQuarantined(run: Pick<Run, 'id' | 'quarantined'>) {
  return useQuery(quarantinedQuery(run))
}
