import { count } from '../../../../../lib/numbers.ts'
import type { MetricsDashboard } from '../../../monitoring/dashboardSchema.ts'
import styles from './DashboardView.module.css'
import { DataTable } from './DataTable.tsx'
import { Panel } from './Panel.tsx'

/** What several people searched for; nothing that fewer did is known to anybody. */
export function SearchPatterns({ searches: { frequent, unfound } }: Pick<MetricsDashboard, 'searches'>) {
  return (
    <div className={styles.pair}>
      <Panel
        title="Searches that found nothing"
        about="The nearest tag may want the text as a synonym."
        file="searches-without-result"
        figures={{
          columns: ['Text', 'Without result', 'Nearest tag'],
          rows: unfound.map(({ text, unfound: times, nearest }) => [text, times, nearest?.name ?? null]),
        }}
      >
        <DataTable
          label="Searches that found nothing"
          columns={['Text', 'Without result', 'Nearest tag']}
          empty="Every search that several people made has found something."
          rows={unfound.map(({ text, unfound: times, nearest }) => ({
            key: text,
            cells: [text, count(times), proposalOf(nearest)],
          }))}
        />
      </Panel>
      <Panel
        title="Frequent searches"
        about="Texts that at least three people searched for on one day, without case and accents."
        file="frequent-searches"
        figures={{
          columns: ['Text', 'Searches', 'Without result'],
          rows: frequent.map(({ text, searches, unfound: times }) => [text, searches, times]),
        }}
      >
        <DataTable
          label="Frequent searches"
          columns={['Text', 'Searches', 'Without result']}
          empty="No text was searched for by several people in this time."
          rows={frequent.map(({ text, searches, unfound: times }) => ({
            key: text,
            cells: [text, count(searches), count(times)],
          }))}
        />
      </Panel>
    </div>
  )
}

function proposalOf(nearest: MetricsDashboard['searches']['unfound'][number]['nearest']): string {
  if (nearest === null) return '–'
  return nearest.likeness === 1 ? `${nearest.name} already` : nearest.name
}
