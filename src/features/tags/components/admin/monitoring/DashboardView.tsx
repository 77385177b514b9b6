import type { MetricsDashboard } from '../../../monitoring/dashboardSchema.ts'
import { AlertHistory } from './AlertHistory.tsx'
import styles from './DashboardView.module.css'
import { Headlines } from './Headlines.tsx'
import { LastRun } from './LastRun.tsx'
import { SearchPatterns } from './SearchPatterns.tsx'
import { TimeFigures } from './TimeFigures.tsx'
import { UsedTags } from './UsedTags.tsx'
import { WebVitals } from './WebVitals.tsx'

/** Everything at a glance first, then over time, then what people do, then what was wrong. */
export function DashboardView({ dashboard }: { dashboard: MetricsDashboard }) {
  const { tags, searches, alerts, run } = dashboard
  return (
    <div className={styles.view}>
      <Headlines dashboard={dashboard} />
      <TimeFigures dashboard={dashboard} />
      <div className={styles.pair}>
        <UsedTags title="Popular tags" file="popular-tags" tags={tags.popular} />
        <UsedTags title="Rising tags" file="rising-tags" tags={tags.rising} />
      </div>
      <SearchPatterns searches={searches} />
      <WebVitals totals={dashboard.totals} />
      <AlertHistory alerts={alerts} />
      <LastRun run={run} />
    </div>
  )
}
