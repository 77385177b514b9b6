import { useState } from 'react'
import type { PlanEntry } from '../../../../migration/types.ts'

interface Selection {
  /** The row that the keyboard is at. */
  active: number
  /** Where a range begins. */
  anchor: number
  /** Themes. */
  chosen: ReadonlySet<string>
}

const NONE: ReadonlySet<string> = new Set()

/** Which row of the list one is at, and which are chosen: one by one, a stretch, or all. */
export function useSelection(rows: readonly PlanEntry[]) {
  const [selection, setSelection] = useState<Selection>({ active: 0, anchor: 0, chosen: NONE })
  const active = Math.min(selection.active, Math.max(0, rows.length - 1))
  const stretch = (from: number, to: number) =>
    new Set(rows.slice(Math.min(from, to), Math.max(from, to) + 1).map(({ rawTheme }) => rawTheme))

  return {
    active,
    chosen: selection.chosen,
    /** Goes to a row; as a range, everything from where it began is chosen. */
    goTo: (row: number, isRange = false) => {
      const to = Math.max(0, Math.min(rows.length - 1, row))
      setSelection((before) =>
        isRange
          ? { ...before, active: to, chosen: stretch(Math.min(before.anchor, rows.length - 1), to) }
          : { active: to, anchor: to, chosen: before.chosen },
      )
    },
    toggle: (row: number) => {
      const theme = rows[row]?.rawTheme
      if (theme === undefined) return
      setSelection(({ chosen }) => {
        const next = new Set(chosen)
        if (!next.delete(theme)) next.add(theme)
        return { active: row, anchor: row, chosen: next }
      })
    },
    chooseAll: () => setSelection((before) => ({ ...before, chosen: stretch(0, rows.length) })),
    clear: () => setSelection((before) => ({ ...before, chosen: NONE })),
  }
}

export type SelectionState = ReturnType<typeof useSelection>
