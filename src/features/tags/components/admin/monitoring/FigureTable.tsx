import { DataTable } from '../../../../../components/DataTable.tsx'
import { timeOf } from '../../../../../lib/format.ts'
import type { Figures } from '../../../monitoring/toCsv.ts'
import { CsvButton } from './CsvButton.tsx'
import styles from './FigureTable.module.css'

/** What a chart shows, for whoever cannot see it or wants the numbers. */
export function FigureTable({ title, file, figures }: { title: string; file: string; figures: Figures }) {
  const rows = figures.rows.filter((row) => row.slice(1).some((value) => value !== null))
  return (
    <div className={styles.behind}>
      <details className={styles.details}>
        <summary>Table</summary>
        <DataTable
          dense
          label={title}
          columns={figures.columns}
          empty="Nothing was measured in this time."
          rows={rows.map(([at, ...values]) => ({
            key: String(at),
            cells: [momentOf(String(at)), ...values.map((value) => value ?? '–')],
          }))}
        />
      </details>
      {rows.length > 0 && <CsvButton title={title} file={file} figures={figures} />}
    </div>
  )
}

const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })

function momentOf(at: string): string {
  return `${days.format(new Date(at))}, ${timeOf(at)}`
}
