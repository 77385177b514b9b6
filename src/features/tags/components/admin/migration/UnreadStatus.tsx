import type { ReactNode } from 'react'
import { Button } from '../../../../../components/Button.tsx'
import type { useRunStatus } from '../../../queries/migration/runStatus.ts'
import { FailureNotice } from './FailureNotice.tsx'
import { OfflineNotice } from './OfflineNotice.tsx'

type Props = {
  status: Pick<ReturnType<typeof useRunStatus>, 'error' | 'fetchStatus' | 'isFetching' | 'refetch'>
  /** While it is on its way. */
  children?: ReactNode
}

/** In place of what depends on the run: it is on its way, there is no connection, or it could not be read. */
export function UnreadStatus({ status, children }: Props) {
  if (status.error !== null)
    return (
      <FailureNotice title="The run could not be read" error={status.error}>
        <Button busy={status.isFetching} onClick={() => void status.refetch()}>
          Try again
        </Button>
      </FailureNotice>
    )
  return status.fetchStatus === 'paused' ? <OfflineNotice what="The run appears" /> : children
}
