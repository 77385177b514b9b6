import { alertRules } from '../../../monitoring/alertRules.ts'
import { errorSharesOf, hitRatiosOf, percentilesOf, tagUsesOf } from '../../../monitoring/dashboardFigures.ts'
import type { MetricsDashboard } from '../../../monitoring/dashboardSchema.ts'
import type { Line } from './chartLines.ts'
import { TimeFigure } from './TimeFigure.tsx'
import styles from './TimeFigures.module.css'

const percentiles: readonly Line[] = [
  { key: 'p50', name: 'p50', mark: 'var(--theme-mark)' },
  { key: 'p95', name: 'p95', mark: 'var(--accent)', isStrong: true },
  { key: 'p99', name: 'p99', mark: 'var(--occasion-mark)', dash: '5 3' },
]
const tiers: readonly Line[] = [
  { key: 'all', name: 'All tiers', mark: 'var(--accent)', isStrong: true },
  { key: 'memory', name: 'Memory', mark: 'var(--theme-mark)' },
  { key: 'session', name: 'Session', mark: 'var(--liturgical-mark)', dash: '2 3' },
  { key: 'indexeddb', name: 'IndexedDB', mark: 'var(--mood-mark)', dash: '5 3' },
]
const errors: readonly Line[] = [{ key: 'errors', name: 'Failed', mark: 'var(--accent)', isStrong: true }]
const uses: readonly Line[] = [
  { key: 'added', name: 'Added', mark: 'var(--accent)', isStrong: true },
  { key: 'filtered', name: 'Filtered', mark: 'var(--theme-mark)' },
  { key: 'removed', name: 'Removed', mark: 'var(--occasion-mark)', dash: '5 3' },
]

function thresholdOf(id: string): number | undefined {
  return alertRules.find((rule) => rule.id === id)?.threshold
}

/** What changes over time, each against what is wanted. */
export function TimeFigures({ dashboard }: { dashboard: MetricsDashboard }) {
  const { stepSeconds } = dashboard
  const shared = { stepSeconds }
  return (
    <div className={styles.figures}>
      <TimeFigure
        {...shared}
        title="Suggestions while typing"
        file="suggestions"
        unit="ms"
        points={percentilesOf(dashboard, 'tags.autocomplete')}
        lines={percentiles}
        target={thresholdOf('autocomplete-slow')}
        targetWords="p95 at most"
      />
      <TimeFigure
        {...shared}
        title="Searches"
        file="searches"
        unit="ms"
        points={percentilesOf(dashboard, 'songs.search')}
        lines={percentiles}
        target={thresholdOf('search-slow')}
        targetWords="p95 at most"
      />
      <TimeFigure
        {...shared}
        title="Cache reads that were answered"
        file="cache-hit-ratio"
        unit="share"
        points={hitRatiosOf(dashboard)}
        lines={tiers}
        target={thresholdOf('cache-cold')}
        targetWords="all tiers at least"
      />
      <TimeFigure
        {...shared}
        title="Calls that failed"
        file="error-share"
        unit="share"
        points={errorSharesOf(dashboard)}
        lines={errors}
        target={thresholdOf('errors')}
        targetWords="at most"
      />
      <TimeFigure
        {...shared}
        title="Tags in use"
        file="tags-in-use"
        unit="times"
        points={tagUsesOf(dashboard)}
        lines={uses}
        targetWords=""
      />
    </div>
  )
}
