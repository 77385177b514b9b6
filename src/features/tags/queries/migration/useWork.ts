import { useMutation, useQueryClient } from '@tanstack/react-query'
import { askFunction, type WorkAnswer, type WorkCommand } from '../../services/migrateThemesFunction.ts'
import { migrationKeys } from './migrationKeys.ts'
import { runStatusQuery } from './runStatus.ts'

/** What stood in the way may have passed by then. */
const BEFORE_ANOTHER_TRY_MS = 2000

/**
 * Has the edge function do something, call after call, until it says that another one would do no more. It goes on when
 * the page is left for another one of the app; a schedule, or whoever comes later, goes on when the tab is closed.
 */
export function useWork() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationKey: migrationKeys.work(),
    mutationFn: async (command: WorkCommand): Promise<WorkAnswer> => {
      for (let next = command; ; next = following(next)) {
        const answer = await askFunction(next)
        void queryClient.invalidateQueries({ queryKey: runStatusQuery().queryKey })
        if (!answer.again) return answer
        if (answer.outcome === 'try-later') await passTime(BEFORE_ANOTHER_TRY_MS)
      }
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: migrationKeys.all }),
    networkMode: 'always',
  })
}

/** Started once, it only goes on. */
function following(command: WorkCommand): WorkCommand {
  return command.action === 'advance' ? { action: 'advance' } : command
}

function passTime(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
