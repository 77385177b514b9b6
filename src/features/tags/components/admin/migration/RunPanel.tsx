import type { ReactNode } from 'react'
import type { Run } from '../../../migration/migrationDatabase.ts'
import type { RunStatus } from '../../../migration/runStatus.ts'
import { waitingFor } from '../../../migration/statusFacts.ts'
import { BatchChart } from './BatchChart.tsx'
import { Readouts } from './Readouts.tsx'
import { RunEvents } from './RunEvents.tsx'
import styles from './RunPanel.module.css'
import { RunProgress } from './RunProgress.tsx'
import { RunWorkers } from './RunWorkers.tsx'
import { statusName, timeOf } from './runWords.ts'
import { useWorkerName } from './useWorkerName.ts'

type Props = {
  status: RunStatus & { run: Run }
  /** What can be done about it. */
  children: ReactNode
}

/** Where the run stands: each fact in its place, so that nothing moves when numbers come. */
export function RunPanel({ status, children }: Props) {
  const { run, now } = status
  const waits = waitingFor(status)
  const nameOf = useWorkerName()
  return (
    <div className={styles.panel}>
      <div className={styles.head}>
        <h2 className={styles.state}>{statusName(run.status)}</h2>
        <p className={styles.about}>
          began {timeOf(run.startedAt, now)} · <span className={styles.id}>run {run.id}</span>
        </p>
      </div>
      <RunProgress status={status} />
      <p role="status" className={styles.waits}>
        {waits === null ? '' : `Waits: ${nameOf(waits)}`}
      </p>
      {children}
      <Readouts status={status} />
      {run.certificate !== null && (
        <p className={styles.certificate}>
          Certificate <code>{run.certificate}</code>
        </p>
      )}
      <BatchChart batchSizes={status.batchSizes} profile={status.profile} now={now} />
      <div className={styles.lists}>
        <RunWorkers status={status} />
        <RunEvents events={status.events} now={now} />
      </div>
    </div>
  )
}
