import type { Arrangement } from '../services/songService.ts'
import { ArrangementRow } from './ArrangementRow.tsx'
import styles from './ArrangementsTable.module.css'

export function ArrangementsTable({ arrangements }: { arrangements: readonly Arrangement[] }) {
  return (
    <section aria-labelledby="arrangements">
      <h2 id="arrangements" className={styles.heading}>
        Arrangements
      </h2>
      {arrangements.length === 0 ? (
        <p className={styles.none}>No arrangement yet</p>
      ) : (
        <table className={`plain-table ${styles.table}`}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Key</th>
              <th scope="col">Tempo</th>
              <th scope="col">Time</th>
              <th scope="col">Difficulty</th>
            </tr>
          </thead>
          <tbody>
            {arrangements.map((arrangement) => (
              <ArrangementRow key={arrangement.id} arrangement={arrangement} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
