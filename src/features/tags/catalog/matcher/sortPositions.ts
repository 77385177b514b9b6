import { END } from './spellings.ts'
import type { Steps } from './steps.ts'

/** Units that are told apart by counting, before the quicksort: those of ASCII, and one for all above. */
const COUNTED = 128

/** Below this many, insertion is faster than partition. */
const FEW = 12

/**
 * Sorts positions by what is spelt from there up to END, unit by unit, and what belongs to each along with them.
 *
 * Bentley and Sedgewick's multikey quicksort: it looks at each unit of a common beginning once, where a comparison sort
 * looks at it in every comparison. The first two units are sorted by counting, which spares it half of its work.
 */
export function* sortPositions(
  units: Uint16Array,
  positions: Int32Array,
  owners: Int32Array,
  deepest = Number.POSITIVE_INFINITY,
): Steps<undefined> {
  const sorter = new PositionSorter(units, positions, owners)
  const open = sorter.countFirstTwo()
  yield
  for (let work = 0; open.length > 0; ) {
    let depth = open.pop() ?? 0
    let high = open.pop() ?? 0
    let low = open.pop() ?? 0
    while (high - low > FEW && depth < deepest) {
      const unit = sorter.partition(low, high, depth)
      open.push(low, sorter.less, depth, sorter.greater, high, depth)
      work += high - low
      low = sorter.less
      high = sorter.greater
      if (unit === END) break
      depth++
    }
    if (high - low <= FEW) sorter.insert(low, high, depth, deepest)
    work += FEW
    if (work > 4096) {
      yield
      work = 0
    }
  }
}

class PositionSorter {
  readonly #units: Uint16Array
  readonly #positions: Int32Array
  readonly #owners: Int32Array
  /** After a partition: where the units equal to the pivot begin and end. */
  less = 0
  greater = 0

  constructor(units: Uint16Array, positions: Int32Array, owners: Int32Array) {
    this.#units = units
    this.#positions = positions
    this.#owners = owners
  }

  /** Sorts by the first two units; returns what is left to sort as low, high and depth, one after the other. */
  countFirstTwo(): number[] {
    const ends = new Int32Array(COUNTED * COUNTED)
    const positions = this.#positions.slice()
    const owners = this.#owners.slice()
    for (let i = 0; i < positions.length; i++) {
      const pair = this.#pairAt(positions[i] ?? 0)
      ends[pair] = (ends[pair] ?? 0) + 1
    }
    const open: number[] = []
    let low = 0
    for (let pair = 0; pair < ends.length; pair++) {
      const high = low + (ends[pair] ?? 0)
      if (high - low > 1) open.push(low, high, 0)
      ends[pair] = low
      low = high
    }
    for (let i = 0; i < positions.length; i++) {
      const position = positions[i] ?? 0
      const pair = this.#pairAt(position)
      const place = ends[pair] ?? 0
      ends[pair] = place + 1
      this.#positions[place] = position
      this.#owners[place] = owners[i] ?? 0
    }
    return open
  }

  /** A number that is in the order of the first two units, as far as they are counted. */
  #pairAt(position: number): number {
    const first = Math.min(this.#units[position] ?? 0, COUNTED - 1)
    const second = Math.min(this.#units[position + 1] ?? 0, COUNTED - 1)
    // What follows a last unit above those counted must not matter before that unit does.
    return first * COUNTED + (first === COUNTED - 1 ? 0 : second)
  }

  /** Brings the positions with a smaller unit at `depth` to the front and with a greater one to the end; returns the pivot. */
  partition(low: number, high: number, depth: number): number {
    const units = this.#units
    const positions = this.#positions
    const pivot = median(
      units[(positions[low] ?? 0) + depth] ?? 0,
      units[(positions[(low + high) >> 1] ?? 0) + depth] ?? 0,
      units[(positions[high - 1] ?? 0) + depth] ?? 0,
    )
    let less = low
    let greater = high
    for (let i = low; i < greater; ) {
      const unit = units[(positions[i] ?? 0) + depth] ?? 0
      if (unit < pivot) this.#swap(less++, i++)
      else if (unit > pivot) this.#swap(i, --greater)
      else i++
    }
    this.less = less
    this.greater = greater
    return pivot
  }

  insert(low: number, high: number, depth: number, deepest: number): void {
    for (let i = low + 1; i < high; i++) {
      for (let j = i; j > low && this.#isBefore(j, j - 1, depth, deepest); j--) this.#swap(j, j - 1)
    }
  }

  #isBefore(a: number, b: number, depth: number, deepest: number): boolean {
    const units = this.#units
    const first = this.#positions[a] ?? 0
    const second = this.#positions[b] ?? 0
    for (let d = depth; d < deepest; d++) {
      const unit = units[first + d] ?? 0
      const other = units[second + d] ?? 0
      if (unit !== other) return unit < other
      if (unit === END) return false
    }
    return false
  }

  #swap(i: number, j: number): void {
    const position = this.#positions[i] ?? 0
    this.#positions[i] = this.#positions[j] ?? 0
    this.#positions[j] = position
    const owner = this.#owners[i] ?? 0
    this.#owners[i] = this.#owners[j] ?? 0
    this.#owners[j] = owner
  }
}

function median(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
}
