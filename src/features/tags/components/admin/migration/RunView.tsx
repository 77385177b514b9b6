import { Notice } from '../../../../../components/Notice.tsx'
import { useRunStatus } from '../../../queries/migration/runStatus.ts'
import { useLastWork } from '../../../queries/migration/useLastWork.ts'
import { useStopRun } from '../../../queries/migration/useStopRun.ts'
import { useWork } from '../../../queries/migration/useWork.ts'
import { FailureNotice } from './FailureNotice.tsx'
import { Quarantine } from './Quarantine.tsx'
import { RunControls } from './RunControls.tsx'
import { RunPanel } from './RunPanel.tsx'
import { RunSkeleton } from './RunSkeleton.tsx'
import { UnreadStatus } from './UnreadStatus.tsx'
import { WorkOutcome } from './WorkOutcome.tsx'

/** How the run is doing and what can be done about it; kept fresh, since others work on it. */
export function RunView() {
  const status = useRunStatus()
  const work = useWork()
  const lastWork = useLastWork()
  const stop = useStopRun()
  const { data } = status
  if (data === undefined)
    return (
      <UnreadStatus status={status}>
        <RunSkeleton />
      </UnreadStatus>
    )
  const { run } = data
  const controls = (
    <>
      <RunControls status={data} work={work} stop={stop} />
      <WorkOutcome work={lastWork} stop={stop} run={run} />
    </>
  )
  return (
    <>
      {status.isError && <FailureNotice title="This is how it last was" error={status.error} />}
      {run === null ? (
        <>
          <Notice
            tone="plain"
            title="There is no run yet"
            text="A migration turns the songs’ free-text themes into tags. It can be stopped at any moment and taken back."
          />
          {controls}
        </>
      ) : (
        <RunPanel status={{ ...data, run }}>{controls}</RunPanel>
      )}
      {run !== null && run.quarantined > 0 && <Quarantine run={run} work={work} />}
    </>
  )
}
