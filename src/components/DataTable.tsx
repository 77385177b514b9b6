import type { ReactNode } from 'react'
import styles from './DataTable.module.css'

interface Row {
  key: string
  /** The first names the row. */
  cells: readonly ReactNode[]
}

type Props = {
  label: string
  columns: readonly string[]
  rows: readonly Row[]
  /** In place of rows, when there are none. */
  empty: string
  /** For many rows that are looked things up in: close together, scrolled under their heads. */
  dense?: boolean
}

/** Columns after the first are numbers, and stand at the end of their column. */
export function DataTable({ label, columns, rows, empty, dense = false }: Props) {
  if (rows.length === 0) return <p className={styles.empty}>{empty}</p>
  return (
    <section
      className={dense ? `${styles.scroll} ${styles.dense}` : styles.scroll}
      aria-label={`${label}, table`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard as well.
      tabIndex={0}
    >
      <table className={dense ? `${styles.table} ${styles.close}` : styles.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [name, ...values] }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {values.map((value, place) => (
                <td key={columns[place + 1]}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
