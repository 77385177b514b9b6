import { DataTable } from '../../../../../components/DataTable.tsx'
import { count } from '../../../../../lib/numbers.ts'
import type { MetricsDashboard } from '../../../monitoring/dashboardSchema.ts'
import styles from './DashboardView.module.css'
import { Panel } from './Panel.tsx'
import { UnfoundSearches } from './UnfoundSearches.tsx'

/** What several people searched for; nothing that fewer did is known to anybody. */
export function SearchPatterns({ searches: { frequent, unfound } }: Pick<MetricsDashboard, 'searches'>) {
  return (
    <div className={styles.pair}>
      <UnfoundSearches unfound={unfound} />
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
