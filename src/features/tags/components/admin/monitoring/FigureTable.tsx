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
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard as well. */}
        <section className={styles.scroll} aria-label={`${title} as a table`} tabIndex={0}>
          <table className={styles.table}>
            <thead>
              <tr>
                {figures.columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([at, ...values]) => (
                <tr key={at}>
                  <th scope="row">{momentOf(String(at))}</th>
                  {values.map((value, place) => (
                    <td key={figures.columns[place + 1]}>{value ?? '–'}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
      <CsvButton title={title} file={file} figures={figures} />
    </div>
  )
}

const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })

function momentOf(at: string): string {
  return `${days.format(new Date(at))}, ${timeOf(at)}`
}
