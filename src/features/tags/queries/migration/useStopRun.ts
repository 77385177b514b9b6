import { useMutation, useQueryClient } from '@tanstack/react-query'
import { RunControl } from '../../migration/runControl.ts'
import { openMigration } from '../../services/migrationAdminService.ts'
import { migrationKeys } from './migrationKeys.ts'

/** Pauses or cancels the run, whoever works on it. The database knows who does it. */
export function useStopRun() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (to: 'paused' | 'cancelled') => {
      const control = new RunControl(openMigration(), '')
      return to === 'paused' ? control.pause() : control.cancel()
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: migrationKeys.all }),
    networkMode: 'always',
  })
}
