import type { TagUsage } from '../../../services/adminTag.ts'
import styles from './MonthsTable.module.css'

const numbers = new Intl.NumberFormat('en')
const monthNames = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })

/** The numbers behind the chart. */
export function MonthsTable({ months }: { months: TagUsage['months'] }) {
  return (
    <details className={styles.details}>
      <summary className={styles.summary}>Month by month</summary>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Month</th>
            <th scope="col">Songs</th>
          </tr>
        </thead>
        <tbody>
          {months.toReversed().map(({ month, songs }) => (
            <tr key={month}>
              <th scope="row">{monthNames.format(new Date(`${month}-01T00:00:00Z`))}</th>
              <td>{numbers.format(songs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
