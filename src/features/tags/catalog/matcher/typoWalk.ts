import { END, SPACE } from './spellings.ts'
import type { StartTrie } from './startTrie.ts'

/** Longer queries are not searched for slips: no tag that the database accepts is as long. */
const LONGEST_QUERY = 64
const MOST_TYPOS = 2
/** Units of a spelling that a walk may look at: the longest query, what it may lack, and whether a word ends there. */
export const TRIE_DEPTH = LONGEST_QUERY + MOST_TYPOS + 1

const WIDTH = LONGEST_QUERY + 2
/** More than any distance that is looked for, and so small that a few of them fit into a byte. */
const FAR = 32

/** How what was typed ends in what was found. */
export type TypoEnd = 'word' | 'letter' | 'slip'

export interface TypoSink {
  /**
   * Told for a range [low, high) of the sorted starts that the query is `typos` away from their first `depth` units,
   * where a word ends, or in the midst of one with the last letter as typed, or not even that. A start may be told of
   * more than once.
   */
  found(low: number, high: number, depth: number, typos: number, end: TypoEnd): void
}

/**
 * Finds what begins with a query but for a few typos: Damerau-Levenshtein distance (optimal string alignment) to
 * beginnings of the spellings. Digits have no typos: Psalm 23 is not Psalm 24.
 *
 * Walks a trie with one row of the distance table for each unit, of which only the cells near the diagonal can matter:
 * whatever begins alike is compared once. `findEdits` compares two words at a time, and allocates its table.
 */
export class TypoWalk {
  readonly #units: Uint16Array
  readonly #rows = new Uint8Array((TRIE_DEPTH + 1) * WIDTH)
  readonly #query = new Uint16Array(LONGEST_QUERY)
  /** By query unit: what leaving it out or taking it for another costs. */
  readonly #costs = new Uint8Array(LONGEST_QUERY)
  #length = 0
  #most = 0

  constructor(units: Uint16Array) {
    this.#units = units
  }

  /**
   * @param query read from `from` to `to`
   * @param most typos that are looked for, 1 or 2
   */
  walk(
    { size, from, to, low, high, next }: StartTrie,
    starts: Int32Array,
    query: Uint16Array,
    queryFrom: number,
    queryTo: number,
    most: number,
    sink: TypoSink,
  ): void {
    if (!this.#begin(query, queryFrom, queryTo, most)) return
    const units = this.#units
    const rows = this.#rows
    const length = this.#length
    // Nodes before these are known to begin with the query, ending in a letter or in a slip.
    let letterUntil = 0
    let slipUntil = 0
    for (let node = 0; node < size; ) {
      const first = low[node] ?? 0
      const position = starts[first] ?? 0
      const end = to[node] ?? 0
      let isNear = true
      for (let depth = from[node] ?? 0; depth < end; ) {
        const unit = units[position + depth] ?? 0
        if (unit <= SPACE && depth >= length - most) {
          const typos = rows[depth * WIDTH + length] ?? 0
          if (typos <= most) sink.found(first, high[node] ?? 0, depth, typos, 'word')
        }
        isNear = unit !== END && this.#row(++depth, unit, units[position + depth - 2] ?? 0)
        if (!isNear) break
        if (node < letterUntil || depth < length - most) continue
        const typos = rows[depth * WIDTH + length] ?? 0
        if (typos > most) continue
        if (this.#endsInLetter(depth, unit, typos)) {
          sink.found(first, high[node] ?? 0, depth, typos, 'letter')
          letterUntil = next[node] ?? 0
        } else if (node >= slipUntil) {
          sink.found(first, high[node] ?? 0, depth, typos, 'slip')
          slipUntil = next[node] ?? 0
        }
      }
      node = isNear ? node + 1 : (next[node] ?? 0)
    }
  }

  /** How many units of the spelling at a position stand for the query: a whole word's if any, else about as many. */
  depthAt(position: number, query: Uint16Array, queryFrom: number, queryTo: number, most: number): number {
    if (!this.#begin(query, queryFrom, queryTo, most)) return 0
    const length = this.#length
    let best = 0
    let fewest = FAR
    for (let depth = 1; ; depth++) {
      const unit = this.#units[position + depth - 1] ?? 0
      if (unit === END || !this.#row(depth, unit, this.#units[position + depth - 2] ?? 0)) return best
      if (depth < length - most) continue
      const isWord = (this.#units[position + depth] ?? 0) <= SPACE
      const typos = 2 * (this.#rows[depth * WIDTH + length] ?? 0) - (isWord ? 1 : 0)
      if (typos < fewest || (typos === fewest && depth <= length)) {
        fewest = typos
        best = depth
      }
    }
  }

  #begin(query: Uint16Array, from: number, to: number, most: number): boolean {
    this.#length = to - from
    this.#most = most
    if (this.#length > LONGEST_QUERY) return false
    let cost = 0
    this.#rows[0] = 0
    for (let i = 0; i < this.#length; i++) {
      const unit = query[from + i] ?? 0
      this.#query[i] = unit
      this.#costs[i] = editCost(unit)
      cost = Math.min(FAR, cost + editCost(unit))
      this.#rows[i + 1] = i < most ? cost : FAR
    }
    return true
  }

  /** Computes the row of a depth from the two above; false when nothing below it can be near. */
  #row(depth: number, unit: number, unitBefore: number): boolean {
    const rows = this.#rows
    const query = this.#query
    const costs = this.#costs
    const first = Math.max(0, depth - this.#most)
    const last = Math.min(this.#length, depth + this.#most)
    const here = depth * WIDTH
    const above = here - WIDTH
    const surplus = editCost(unit)
    let smallest = FAR
    let left = FAR
    if (first === 0) {
      left = Math.min(FAR, (rows[above] ?? 0) + surplus)
      smallest = left
      rows[here] = left
    } else rows[here + first - 1] = FAR
    for (let i = Math.max(1, first); i <= last; i++) {
      const typed = query[i - 1] ?? 0
      const cost = costs[i - 1] ?? 0
      let best = rows[above + i - 1] ?? 0
      if (typed !== unit) {
        best += Math.max(cost, surplus)
        if (i > 1 && depth > 1 && typed === unitBefore && query[i - 2] === unit && surplus + cost === 2) {
          best = Math.min(best, (rows[above - WIDTH + i - 2] ?? 0) + 1)
        }
      }
      best = Math.min(best, (rows[above + i] ?? 0) + surplus, left + cost, FAR)
      rows[here + i] = best
      left = best
      if (best < smallest) smallest = best
    }
    if (last < this.#length) rows[here + last + 1] = FAR
    return smallest <= this.#most
  }

  /** Whether the last unit typed is one of those read, and not a slip. */
  #endsInLetter(depth: number, unit: number, typos: number): boolean {
    const rows = this.#rows
    const last = this.#length - 1
    if (unit === this.#query[last]) return rows[(depth - 1) * WIDTH + last] === typos
    // Swapped with the one before.
    return (
      depth > 1 &&
      last > 0 &&
      unit === this.#query[last - 1] &&
      rows[(depth - 2) * WIDTH + last - 1] === typos - 1
    )
  }
}

function editCost(unit: number): number {
  return unit >= 0x30 && unit <= 0x39 ? FAR : 1
}
