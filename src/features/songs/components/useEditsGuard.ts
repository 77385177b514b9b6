import { useIsMutating } from '@tanstack/react-query'
import { useLeaveGuard } from '../../../lib/useLeaveGuard.ts'
import { songKeys } from '../queries/songKeys.ts'

/** Edits that are on their way or wait for a connection go with the tab: the browser asks before it is closed. */
export function useEditsGuard(): void {
  useLeaveGuard(useIsMutating({ mutationKey: songKeys.all }) > 0)
}
