import { DataTable } from '../../../../../components/DataTable.tsx'
import { count } from '../../../../../lib/numbers.ts'
import type { MetricsDashboard } from '../../../monitoring/dashboardSchema.ts'
import { Panel } from './Panel.tsx'
import styles from './WebVitals.module.css'

/** At most this, at the 75th percentile: https://web.dev/articles/vitals */
const vitals = [
  { metric: 'web.lcp', name: 'Largest paint (LCP)', good: 2500, isScore: false },
  { metric: 'web.inp', name: 'Answer to a press (INP)', good: 200, isScore: false },
  { metric: 'web.cls', name: 'Shift of the layout (CLS)', good: 0.1, isScore: true },
  { metric: 'web.fcp', name: 'First paint (FCP)', good: 1800, isScore: false },
  { metric: 'web.ttfb', name: 'First byte (TTFB)', good: 800, isScore: false },
]

/** How pages felt, as browsers measure it, over the whole time. */
export function WebVitals({ totals }: Pick<MetricsDashboard, 'totals'>) {
  const measured = vitals.map((vital) => ({
    ...vital,
    total: totals.find(({ metric }) => metric === vital.metric),
  }))
  return (
    <Panel
      title="Web vitals"
      file="web-vitals"
      figures={{
        columns: ['Measure', 'p75', 'Good up to', 'Pages'],
        rows: measured.map(({ name, good, total }) => [name, total?.p75 ?? null, good, total?.count ?? 0]),
      }}
    >
      <DataTable
        label="Web vitals"
        columns={['Measure', 'p75', 'Good up to', 'Pages']}
        empty=""
        rows={measured.map(({ metric, name, good, isScore, total }) => {
          const value = total?.p75 ?? null
          const words = (one: number) => (isScore ? one.toFixed(2) : `${count(one)}\u00a0ms`)
          return {
            key: metric,
            cells: [
              name,
              value === null ? (
                '–'
              ) : (
                <span key="value" className={value > good ? styles.wrong : undefined}>
                  {value > good && 'Not met: '}
                  {words(value)}
                </span>
              ),
              words(good),
              count(total?.count ?? 0),
            ],
          }
        })}
      />
    </Panel>
  )
}
