import { displayWidth, pad } from './displayWidth.ts'

/** A column: how wide its cells would like to be, and how to write one within so many cells. */
export interface Column<Row> {
  /** The text at its full width. @param cells write it at most so wide */
  cell(row: Row, cells?: number): string
  align?: 'left' | 'right'
  /** Below this many cells the column is left out instead; 0, the default, for one that is never narrowed. */
  narrowest?: number
  /** Left out, never narrowed, when there is no room. */
  isOptional?: boolean
}

const GAP = 2

/**
 * Rows as aligned lines, at most `width` cells wide: the widest column that can be narrowed gives way first, and one
 * that would become too narrow to read is left out.
 */
export function tableLines<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  width: number,
): string[] {
  const widths = columns.map((column) => Math.max(0, ...rows.map((row) => displayWidth(column.cell(row)))))
  const shown = fitWidths(
    widths,
    // What is optional has nothing to narrow: its narrowest is all of it.
    columns.map(({ narrowest = 0, isOptional }, index) => (isOptional ? (widths[index] ?? 0) : narrowest)),
    width,
  )
  return rows.map((row) =>
    columns
      .flatMap((column, index) => {
        const cells = shown[index] ?? 0
        const isCut = cells < (widths[index] ?? 0)
        return cells === 0 ? [] : [pad(column.cell(row, isCut ? cells : undefined), cells, column.align)]
      })
      .join(' '.repeat(GAP))
      .trimEnd(),
  )
}

/** @returns the width of each column; 0 for one that is left out */
function fitWidths(wanted: readonly number[], narrowest: readonly number[], width: number): number[] {
  const widths = [...wanted]
  const total = () => {
    const shown = widths.filter((cells) => cells > 0)
    return shown.reduce((sum, cells) => sum + cells + GAP, -GAP)
  }
  while (total() > width) {
    const narrowable = widths.flatMap((cells, index) =>
      cells > (narrowest[index] ?? 0) && (narrowest[index] ?? 0) > 0 ? [index] : [],
    )
    const widest = narrowable.toSorted((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0))[0]
    if (widest !== undefined) {
      widths[widest] = (widths[widest] ?? 0) - 1
      continue
    }
    // The later a column stands, the less it says.
    const last = widths.findLastIndex((cells, index) => cells > 0 && (narrowest[index] ?? 0) > 0)
    if (last === -1) break
    widths[last] = 0
    restore(widths, wanted)
  }
  return widths
}

/** With a column gone, the others may have their width back. */
function restore(widths: number[], wanted: readonly number[]): void {
  for (const [index, cells] of widths.entries()) if (cells > 0) widths[index] = wanted[index] ?? cells
}
