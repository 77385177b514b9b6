import { useMutation, useQueryClient } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { openMigration } from '../../services/migrationAdminService.ts'
import { migrationKeys } from './migrationKeys.ts'

const releasedSchema = z.object({ outcome: z.enum(['released', 'refused', 'unknown-run']) })

/** Lets one song, or all, out of the quarantine of a run that stands still. */
export function useRelease() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ runId, songId }: { runId: string; songId: string | null }) =>
      openMigration().call(
        'tag_migration_release',
        { p_run: runId, ...(songId === null ? {} : { p_song: songId }) },
        releasedSchema,
      ),
    onSettled: () => queryClient.invalidateQueries({ queryKey: migrationKeys.all }),
    networkMode: 'always',
  })
}
