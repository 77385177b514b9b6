import type { ComponentProps } from 'react'
import { alertRules } from '../../../monitoring/alertRules.ts'
import {
  type ChartPoint,
  errorSharesOf,
  hitRatiosOf,
  percentilesOf,
  tagUsesOf,
} from '../../../monitoring/dashboardFigures.ts'
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

type Drawn = Omit<ComponentProps<typeof TimeFigure>, 'points' | 'stepSeconds' | 'target'> & {
  pointsOf: (dashboard: MetricsDashboard) => ChartPoint[]
  /** The alert whose threshold is the target. */
  rule?: string
}

const drawn: readonly Drawn[] = [
  {
    title: 'Suggestions while typing',
    file: 'suggestions',
    unit: 'ms',
    lines: percentiles,
    pointsOf: (dashboard) => percentilesOf(dashboard, 'tags.autocomplete'),
    rule: 'autocomplete-slow',
    targetWords: 'p95 at most',
  },
  {
    title: 'Searches',
    file: 'searches',
    unit: 'ms',
    lines: percentiles,
    pointsOf: (dashboard) => percentilesOf(dashboard, 'songs.search'),
    rule: 'search-slow',
    targetWords: 'p95 at most',
  },
  {
    title: 'Cache reads that were answered',
    file: 'cache-hit-ratio',
    unit: 'share',
    lines: tiers,
    pointsOf: hitRatiosOf,
    rule: 'cache-cold',
    targetWords: 'all tiers at least',
  },
  {
    title: 'Calls that failed',
    file: 'error-share',
    unit: 'share',
    lines: errors,
    pointsOf: errorSharesOf,
    rule: 'errors',
    targetWords: 'at most',
  },
  {
    title: 'Tags in use',
    file: 'tags-in-use',
    unit: 'times',
    lines: uses,
    pointsOf: tagUsesOf,
    targetWords: '',
  },
]

/** What changes over time, each against what is wanted. */
export function TimeFigures({ dashboard }: { dashboard: MetricsDashboard }) {
  return (
    <div className={styles.figures}>
      {drawn.map(({ pointsOf, rule, ...figure }) => (
        <TimeFigure
          key={figure.file}
          {...figure}
          points={pointsOf(dashboard)}
          target={alertRules.find(({ id }) => id === rule)?.threshold}
          stepSeconds={dashboard.stepSeconds}
        />
      ))}
    </div>
  )
}
