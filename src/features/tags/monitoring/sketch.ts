import { cellOf, LAST_CELL, percentileOf, type SketchCells } from './sketchCells.ts'

/** Cells added at a time, so that few values in a row make the array grow. */
const STEP = 16
/** What a cell of the small array counts to. */
const SMALL = 0xffff

/**
 * How values are distributed, in a few hundred bytes: counts in cells that grow by a constant factor, so that every percentile
 * is off by the same share of itself, at most 1%. Sketches of different times and people merge without getting worse.
 *
 * After DDSketch (Masson, Rim and Lee, VLDB 2019), with the cells between the least and the greatest value in one array, and no
 * cell ever folded into another: there are a thousand of them at most (`sketchCells.ts`).
 */
export class Sketch {
  #counts: Uint16Array | Float64Array = new Uint16Array(0)
  /** Whether the counts are the small ones. */
  #isSmall = true
  /** The cell that is counted in `#counts[0]`. */
  #start = 0
  #total = 0

  /** Values recorded, with their weights. */
  get count(): number {
    return this.#total
  }

  /** @param weight how many values this one stands for */
  record(value: number, weight = 1): void {
    this.#add(cellOf(value), weight)
  }

  add(cells: SketchCells): void {
    for (const [cell, count] of cells) this.#add(cell, count)
  }

  /** From the smallest on, only those that hold something. */
  cells(): SketchCells {
    const cells: [number, number][] = []
    this.#counts.forEach((count, place) => {
      if (count > 0) cells.push([this.#start + place, count])
    })
    return cells
  }

  /** @param share 0.95 for p95 @returns null when there are no values */
  percentile(share: number): number | null {
    return percentileOf(this.cells(), share)
  }

  /** Bytes that the counts take. */
  get byteLength(): number {
    return this.#counts.byteLength
  }

  #add(cell: number, weight: number): void {
    let place = cell - this.#start
    if (place < 0 || place >= this.#counts.length) {
      this.#reach(cell)
      place = cell - this.#start
    }
    const count = (this.#counts[place] ?? 0) + weight
    if (this.#isSmall && (count > SMALL || weight % 1 !== 0)) {
      this.#counts = Float64Array.from(this.#counts)
      this.#isSmall = false
    }
    this.#counts[place] = count
    this.#total += weight
  }

  #reach(cell: number): void {
    const isEmpty = this.#counts.length === 0
    const start = isEmpty ? cell - STEP / 2 : Math.min(this.#start, cell - STEP)
    const end = Math.min(
      LAST_CELL + 1,
      isEmpty ? start + STEP : Math.max(this.#start + this.#counts.length, cell + STEP),
    )
    const grown = new (this.#isSmall ? Uint16Array : Float64Array)(end - start)
    if (!isEmpty) grown.set(this.#counts, this.#start - start)
    this.#counts = grown
    this.#start = start
  }
}
