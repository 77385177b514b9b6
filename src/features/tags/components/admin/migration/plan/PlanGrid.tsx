import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, useId, useLayoutEffect, useRef } from 'react'
import type { PlanEntry } from '../../../../migration/types.ts'
import styles from './PlanGrid.module.css'
import { PlanRow } from './PlanRow.tsx'
import { PLAN_KEYS, type PlanDeed } from './planKeys.ts'
import type { PlanReviewState } from './usePlanReview.ts'
import type { SelectionState } from './useSelection.ts'
import { useWide } from './useWide.ts'

const WIDE_ROW = 44
const NARROW_ROW = 68
const HEADER = 36

type Props = {
  rows: readonly PlanEntry[]
  review: PlanReviewState
  selection: SelectionState
  onDeed: (deed: PlanDeed) => void
}

/** Up to a hundred thousand themes, of which only those in view are in the page. The keyboard alone does everything. */
export function PlanGrid({ rows, review, selection, onDeed }: Props) {
  const id = useId()
  const scroller = useRef<HTMLTableElement>(null)
  const height = useWide() ? WIDE_ROW : NARROW_ROW
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    // Home and End draw all of them anew.
    overscan: 5,
    scrollMargin: HEADER,
    scrollPaddingStart: HEADER,
    // The row that the keyboard is at stays in the page when somebody scrolls away from it.
    rangeExtractor: (range) => [
      ...new Set([...defaultRangeExtractor(range), Math.min(selection.active, rows.length - 1)]),
    ],
  })
  // Measured once otherwise: whoever turns the phone would see rows of the other height, their text cut.
  // biome-ignore lint/correctness/useExhaustiveDependencies: by the height alone it is told that they are others
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, height])
  const rowId = (row: number) => `${id}-${row}`
  const goTo = (row: number, isRange: boolean) => {
    const to = Math.max(0, Math.min(rows.length - 1, row))
    selection.goTo(to, isRange)
    virtualizer.scrollToIndex(to)
  }
  const page = () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? height) / height) - 2)
  const press = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    const { active } = selection
    const moves: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page(),
      PageUp: active - page(),
      Home: 0,
      End: rows.length - 1,
    }
    const to = moves[event.key]
    const isModified = event.ctrlKey || event.metaKey || event.altKey
    const deed = PLAN_KEYS.find(({ key }) => key === event.key.toLowerCase())?.deed
    if (to !== undefined) goTo(to, event.shiftKey)
    else if (event.key === ' ') selection.toggle(active)
    else if (event.key === 'Escape') selection.clear()
    else if ((event.ctrlKey || event.metaKey) && event.key === 'a') selection.chooseAll()
    else if ((event.ctrlKey || event.metaKey) && event.key === 'z') onDeed('undo')
    else if (event.key === 'Enter') onDeed('change')
    else if (deed !== undefined && !isModified) onDeed(deed)
    else return
    event.preventDefault()
  }
  const point = ({ target, button, ctrlKey, metaKey, shiftKey }: MouseEvent) => {
    if (button !== 0 || !(target instanceof Element) || target.closest('label') !== null) return
    const row = Number(target.closest('tr')?.dataset.row)
    if (Number.isNaN(row)) return
    if (ctrlKey || metaKey) selection.toggle(row)
    else selection.goTo(row, shiftKey)
  }
  return (
    <table
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table that arrow keys walk over (ARIA in HTML)
      role="grid"
      aria-label="Themes"
      aria-multiselectable="true"
      aria-rowcount={rows.length + 1}
      aria-activedescendant={rows.length > 0 ? rowId(selection.active) : undefined}
      tabIndex={0}
      className={styles.grid}
      onKeyDown={press}
      onMouseDown={point}
    >
      <thead className={styles.header}>
        <tr aria-rowindex={1} className={styles.headings}>
          {HEADINGS.map((heading) => (
            <th key={heading} scope="col">
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className={styles.rows} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start, size }) => {
          const entry = rows[index]
          if (entry === undefined) return null
          return (
            <PlanRow
              key={entry.rawTheme}
              id={rowId(index)}
              rowIndex={index + 2}
              entry={review.now(entry)}
              top={start - HEADER}
              height={size}
              isActive={index === selection.active}
              isSelected={selection.chosen.has(entry.rawTheme)}
              isDecided={review.isDecided(entry)}
              onToggle={() => selection.toggle(index)}
            />
          )
        })}
      </tbody>
    </table>
  )
}

const HEADINGS = ['Chosen', 'Theme', 'Becomes', 'Songs', 'Why', 'Certain']
