/** A sketch of many values: how many fell into each cell. Sketches merge by adding up; as it is sent and stored. */
export type SketchCells = readonly (readonly [cell: number, count: number])[]

/** What a percentile is off by at most, as a share of it. */
export const RELATIVE_ERROR = 0.01

const GROWTH = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR)
const SCALE = 1 / Math.log(GROWTH)

/** 1 µs, when values are ms: all below it, zero too, is in the first cell. */
export const FIRST_CELL = -346
/** Ten minutes, and all above. */
export const LAST_CELL = 666

/** The cell that a value is counted in. Of what is no number: the first. */
export function cellOf(value: number): number {
  if (!(value > 0)) return FIRST_CELL
  return Math.min(Math.max(Math.ceil(Math.log(value) * SCALE), FIRST_CELL), LAST_CELL)
}

/** What stands for all values of a cell: none is further from it than the relative error. 0 for the first. */
export function valueOfCell(cell: number): number {
  return cell === FIRST_CELL ? 0 : (2 * GROWTH ** cell) / (1 + GROWTH)
}

/** The smallest value that a share of all is not above. @param share 0.95 for p95 @returns null when nothing was counted */
export function percentileOf(cells: SketchCells, share: number): number | null {
  const sorted = [...cells].sort(([a], [b]) => a - b)
  const rank = share * sorted.reduce((sum, [, count]) => sum + count, 0)
  let upTo = 0
  for (const [cell, count] of sorted) {
    upTo += count
    if (upTo > 0 && upTo >= rank) return valueOfCell(cell)
  }
  return null
}
