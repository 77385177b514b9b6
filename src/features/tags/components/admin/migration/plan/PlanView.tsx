import { Button } from '../../../../../../components/Button.tsx'
import { Notice } from '../../../../../../components/Notice.tsx'
import { count } from '../../../../../../lib/numbers.ts'
import { unfinishedRun } from '../../../../migration/unfinishedRun.ts'
import { useMadePlan, useSongsRead } from '../../../../queries/migration/madePlan.ts'
import { usePlanDraft } from '../../../../queries/migration/planDraft.ts'
import { useRunStatus } from '../../../../queries/migration/runStatus.ts'
import { FailureNotice } from '../FailureNotice.tsx'
import { OfflineNotice } from '../OfflineNotice.tsx'
import { UnreadStatus } from '../UnreadStatus.tsx'
import { PlanReview } from './PlanReview.tsx'

/** The plan that a run would start with; that of a run under way is frozen. */
export function PlanView() {
  const status = useRunStatus()
  if (status.data === undefined) return <UnreadStatus status={status} />
  if (unfinishedRun(status.data.run) !== null) {
    return (
      <Notice
        tone="plain"
        title="The plan is frozen while a run is on"
        text="It was fixed when the run started. When the run has ended or is taken back, a new plan can be made."
      />
    )
  }
  return <MadeView />
}

function MadeView() {
  const made = useMadePlan()
  const draft = usePlanDraft()
  const read = useSongsRead()
  if (made.isError) {
    return (
      <FailureNotice title="The plan could not be made" error={made.error}>
        <Button busy={made.isFetching} onClick={() => void made.refetch()}>
          Try again
        </Button>
      </FailureNotice>
    )
  }
  if (made.data === undefined && made.fetchStatus === 'paused')
    return <OfflineNotice what="The plan is made" />
  if (made.data === undefined || !draft.isRead)
    return <p role="status">Reading songs, and planning… {read > 0 && count(read)}</p>
  if (made.data.survey.songs === 0) {
    return (
      <Notice
        tone="plain"
        title="There is nothing to plan"
        text="Every song is migrated already, or there is none yet."
      />
    )
  }
  return <PlanReview key={made.data.plan.source} made={made.data} />
}
