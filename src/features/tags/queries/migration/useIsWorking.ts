import { useIsMutating } from '@tanstack/react-query'
import { migrationKeys } from './migrationKeys.ts'

/** Whether this tab has the edge function work. */
export function useIsWorking(): boolean {
  return useIsMutating({ mutationKey: migrationKeys.work() }) > 0
}
