import { useMutation, useQueryClient } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { MigrationFailure } from '../../migration/migrationFailure.ts'
import { RunControl } from '../../migration/runControl.ts'
import { openMigration } from '../../services/migrationAdminService.ts'
import { migrationKeys } from './migrationKeys.ts'

const releasedSchema = z.object({ outcome: z.enum(['released', 'refused', 'unknown-run']) })

interface Release {
  runId: string
  /** null: all of them. */
  songId: string | null
  /** Of a run at work, which is paused for it: a worker that has seen the last song would not look back. */
  isAtWork: boolean
}

/** Lets one song, or all, out of the quarantine of a run. It stands still afterwards: whoever resumes it tries them again. */
export function useRelease() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async ({ runId, songId, isAtWork }: Release) => {
      const database = openMigration()
      if (isAtWork) await new RunControl(database, '').pause()
      const { outcome } = await database.call(
        'tag_migration_release',
        { p_run: runId, ...(songId === null ? {} : { p_song: songId }) },
        releasedSchema,
      )
      if (outcome !== 'released') throw goesOn()
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: migrationKeys.all }),
    networkMode: 'always',
  })
}

function goesOn(): MigrationFailure {
  return new MigrationFailure(
    'busy',
    'Somebody went on with the run just then, so they are in quarantine still.',
    {
      advice: 'Try again.',
    },
  )
}
