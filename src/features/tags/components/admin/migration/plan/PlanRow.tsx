import { count } from '../../../../../../lib/numbers.ts'
import { needsReview } from '../../../../migration/plan.ts'
import type { PlanEntry } from '../../../../migration/types.ts'
import { CategoryShape } from '../../../CategoryShape.tsx'
import styles from './PlanRow.module.css'
import { becomesText, whyText } from './planWords.ts'

type Props = {
  /** As it was decided. */
  entry: PlanEntry
  id: string
  /** Its place in the grid, the header being the first. */
  rowIndex: number
  /** Where it stands, pixels from the top. */
  top: number
  height: number
  isActive: boolean
  isSelected: boolean
  isDecided: boolean
  onToggle: () => void
}

/** One theme: what it is, what becomes of it, how many songs, why. */
export function PlanRow({ entry, id, rowIndex, top, height, isDecided, ...row }: Props) {
  const isOpenQuestion = needsReview(entry)
  return (
    <tr
      id={id}
      data-row={rowIndex - 2}
      aria-rowindex={rowIndex}
      aria-selected={row.isSelected}
      className={`${styles.row} ${row.isActive ? styles.active : ''} ${row.isSelected ? styles.selected : ''}`}
      style={{ transform: `translateY(${top}px)`, height }}
    >
      <td className={styles.check}>
        {/* The grid has the keyboard, and the space bar there does the same. */}
        <label>
          <input type="checkbox" tabIndex={-1} checked={row.isSelected} onChange={row.onToggle} />
          <span className="visually-hidden">Choose {entry.rawTheme}</span>
        </label>
      </td>
      <td className={styles.theme}>“{entry.rawTheme}”</td>
      <td className={`${styles.becomes} ${isOpenQuestion ? styles.question : ''}`}>
        <span aria-hidden="true">→ </span>
        {entry.category !== null && <CategoryShape category={entry.category} />} {becomesText(entry)}
      </td>
      <td className={styles.songs}>
        {count(entry.songs)}
        <span className={styles.unit}>{entry.songs === 1 ? ' song' : ' songs'}</span>
      </td>
      <td className={styles.why}>{whyText(entry, isDecided)}</td>
      <td className={styles.confidence}>{Math.round(entry.confidence * 100)}%</td>
    </tr>
  )
}
