import { monthOf } from '../../../../../lib/format.ts'
import type { TagUsage } from '../../../services/adminTag.ts'
import styles from './MonthsTable.module.css'

const numbers = new Intl.NumberFormat('en')

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
              <th scope="row">{monthOf(month)}</th>
              <td>{numbers.format(songs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
