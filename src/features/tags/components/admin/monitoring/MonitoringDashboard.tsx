import { useState } from 'react'
import { Button } from '../../../../../components/Button.tsx'
import { Notice } from '../../../../../components/Notice.tsx'
import type { DashboardTime } from '../../../monitoring/dashboardTimes.ts'
import { useMetricsDashboard } from '../../../queries/metricsDashboard.ts'
import { DashboardControls } from './DashboardControls.tsx'
import { DashboardSkeleton } from './DashboardSkeleton.tsx'
import { DashboardView } from './DashboardView.tsx'
import styles from './MonitoringDashboard.module.css'

/** What was measured, over a time that can be chosen, and which of the other states it is in. For admins. */
export function MonitoringDashboard() {
  const [time, setTime] = useState<DashboardTime>('day')
  const [everySeconds, setEverySeconds] = useState(60)
  const metrics = useMetricsDashboard(time, everySeconds === 0 ? false : everySeconds * 1000)
  return (
    <div className={styles.dashboard}>
      <DashboardControls
        time={time}
        onTime={setTime}
        everySeconds={everySeconds}
        onEverySeconds={setEverySeconds}
        readAt={metrics.dataUpdatedAt}
      />
      {metrics.isPending && metrics.fetchStatus !== 'paused' && <DashboardSkeleton />}
      {metrics.isPending && metrics.fetchStatus === 'paused' && (
        <Notice
          tone="offline"
          title="You are offline"
          text="The figures appear by themselves as soon as there is a connection."
        />
      )}
      {metrics.isError && (
        <div role="alert">
          <Notice
            tone="problem"
            title="The figures could not be read"
            text={
              metrics.data
                ? 'The server did not answer as it should. Those below are the last that came; measuring goes on.'
                : 'The server did not answer as it should. Measuring goes on; try again, or wait a minute and then try again.'
            }
          >
            <Button busy={metrics.isFetching} onClick={() => void metrics.refetch()}>
              Try again
            </Button>
          </Notice>
        </div>
      )}
      {metrics.data && (
        <div aria-busy={metrics.isPlaceholderData}>
          <DashboardView dashboard={metrics.data} />
        </div>
      )}
    </div>
  )
}
