import { FlexRender, type Row, type RowSelectionState } from '@tanstack/react-table'
import { memo } from 'react'
import type { ListedTag } from '../../../services/adminTag.ts'
import styles from './TagTable.module.css'
import type { tagFeatures } from './tagColumns.tsx'

type Props = {
  rows: readonly Row<typeof tagFeatures, ListedTag>[]
  selected: RowSelectionState
}

/** Drawn anew for other rows alone: what is asked for next is on its way sooner. */
export const TagRows = memo(function TagRows({ rows, selected }: Props) {
  return (
    <tbody>
      {rows.map((row) => (
        <tr key={row.id} data-chosen={selected[row.id] || undefined}>
          <td className={styles.choice}>
            <label className={styles.box}>
              <span className="visually-hidden">Choose {row.original.name}</span>
              <input
                type="checkbox"
                checked={selected[row.id] === true}
                onChange={row.getToggleSelectedHandler()}
              />
            </label>
          </td>
          {row.getAllCells().map((cell) => (
            <td key={cell.id} data-column={cell.column.id}>
              <FlexRender cell={cell} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  )
})
