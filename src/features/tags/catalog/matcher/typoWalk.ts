import { END, SPACE } from './spellings.ts'
import type { StartTrie } from './startTrie.ts'

/** Letters of a query that are searched for typos: as many as there are bits to note them in. */
export const LETTERS_WITH_TYPOS = 30
const MOST_TYPOS = 2
/** Units of a spelling that a walk may look at: the letters, what the query may lack, and whether a word ends there. */
export const TRIE_DEPTH = LETTERS_WITH_TYPOS + MOST_TYPOS + 1

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
 * Walks a trie, so that whatever begins alike is compared once, and notes a row of the distance table for each unit as
 * Wu and Manber do: for each number of typos one word of bits, bit i set where the first i letters of the query are no
 * further than that from what was read. `findEdits` compares two words at a time, and allocates its table.
 */
export class TypoWalk {
  readonly #units: Uint16Array
  /** By depth: the letters reached without a typo, with one at most, with two at most. */
  readonly #none = new Int32Array(TRIE_DEPTH + 1)
  readonly #one = new Int32Array(TRIE_DEPTH + 1)
  readonly #two = new Int32Array(TRIE_DEPTH + 1)
  /** By unit: the places after it in the query, as bits. */
  readonly #places = new Int32Array(0x10000)
  #query: Uint16Array = new Uint16Array(0)
  #length = 0
  /** Bits of the places after anything but a digit. */
  #mayDiffer = 0

  constructor(units: Uint16Array) {
    this.#units = units
  }

  /**
   * @param query of `length` units, of which the first {@link LETTERS_WITH_TYPOS} count
   * @param most typos that are looked for, 1 or 2
   */
  walk(
    { size, from, to, low, high, next }: StartTrie,
    starts: Int32Array,
    query: Uint16Array,
    length: number,
    most: number,
    sink: TypoSink,
  ): void {
    this.#begin(query, length)
    const units = this.#units
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
        if (unit <= SPACE) {
          const typos = this.#typosAt(depth)
          if (typos <= most) sink.found(first, high[node] ?? 0, depth, typos, 'word')
        }
        isNear = unit !== END && this.#read(++depth, unit, units[position + depth - 2] ?? 0, most)
        if (!isNear) break
        if (node < letterUntil) continue
        const typos = this.#typosAt(depth)
        if (typos > most) continue
        if (this.#endsInLetter(depth, position, typos)) {
          sink.found(first, high[node] ?? 0, depth, typos, 'letter')
          letterUntil = next[node] ?? 0
        } else if (node >= slipUntil) {
          sink.found(first, high[node] ?? 0, depth, typos, 'slip')
          slipUntil = next[node] ?? 0
        }
      }
      node = isNear ? node + 1 : (next[node] ?? 0)
    }
    this.#end()
  }

  /** How many units of the spelling at a position stand for the query: a whole word's if any, else about as many. */
  depthAt(position: number, query: Uint16Array, length: number, most: number): number {
    this.#begin(query, length)
    let best = 0
    let fewest = Number.POSITIVE_INFINITY
    for (let depth = 1; depth < TRIE_DEPTH; depth++) {
      const unit = this.#units[position + depth - 1] ?? 0
      if (unit === END || !this.#read(depth, unit, this.#units[position + depth - 2] ?? 0, most)) break
      const isWord = (this.#units[position + depth] ?? 0) <= SPACE
      const typos = 2 * this.#typosAt(depth) - (isWord ? 1 : 0)
      if (typos < fewest || (typos === fewest && depth <= this.#length)) {
        fewest = typos
        best = depth
      }
    }
    this.#end()
    return best
  }

  #begin(query: Uint16Array, length: number): void {
    this.#query = query
    this.#length = Math.min(length, LETTERS_WITH_TYPOS)
    this.#mayDiffer = 0
    for (let i = 0; i < this.#length; i++) {
      const unit = query[i] ?? 0
      const place = 2 << i
      this.#places[unit] = (this.#places[unit] ?? 0) | place
      if (!isDigit(unit)) this.#mayDiffer |= place
    }
    const none = 1
    const one = none | ((none << 1) & this.#mayDiffer)
    this.#none[0] = none
    this.#one[0] = one
    this.#two[0] = one | ((one << 1) & this.#mayDiffer)
  }

  #end(): void {
    for (let i = 0; i < this.#length; i++) this.#places[this.#query[i] ?? 0] = 0
  }

  /** Notes what is reached at a depth by one more unit; false when nothing that goes on from there can be near. */
  #read(depth: number, unit: number, unitBefore: number, most: number): boolean {
    const same = this.#places[unit] ?? 0
    const noneAbove = this.#none[depth - 1] ?? 0
    const oneAbove = this.#one[depth - 1] ?? 0
    const none = (noneAbove << 1) & same
    let one = (oneAbove << 1) & same
    let two = 0
    if (isDigit(unit)) {
      one |= none | ((none << 1) & this.#mayDiffer)
      if (most > 1) two = (((this.#two[depth - 1] ?? 0) << 1) & same) | one | ((one << 1) & this.#mayDiffer)
    } else {
      // Surplus in what was read; taken for another; surplus in the query; swapped.
      const swapped = depth > 1 ? (same << 1) & (this.#places[unitBefore] ?? 0) & this.#mayDiffer : 0
      one |= none | noneAbove | (((noneAbove | none) << 1) & this.#mayDiffer)
      if (swapped !== 0) one |= ((this.#none[depth - 2] ?? 0) << 2) & swapped
      if (most > 1) {
        two = (((this.#two[depth - 1] ?? 0) << 1) & same) | one | oneAbove
        two |= ((oneAbove | one) << 1) & this.#mayDiffer
        if (swapped !== 0) two |= ((this.#one[depth - 2] ?? 0) << 2) & swapped
      }
    }
    this.#none[depth] = none
    this.#one[depth] = one
    this.#two[depth] = two
    return (one | two) !== 0
  }

  /** Typos between the whole query and what was read; one more than are looked for, when there are more. */
  #typosAt(depth: number): number {
    const whole = 1 << this.#length
    if ((this.#none[depth] ?? 0) & whole) return 0
    if ((this.#one[depth] ?? 0) & whole) return 1
    return (this.#two[depth] ?? 0) & whole ? 2 : MOST_TYPOS + 1
  }

  /** Whether the last unit typed is one of those read, and not a slip. */
  #endsInLetter(depth: number, position: number, typos: number): boolean {
    const last = this.#length - 1
    const unit = this.#units[position + depth - 1]
    if (unit === this.#query[last]) {
      return ((this.#reached(typos)[depth - 1] ?? 0) & (1 << last)) !== 0
    }
    // Swapped with the one before.
    return (
      depth > 1 &&
      typos > 0 &&
      unit === this.#query[last - 1] &&
      this.#units[position + depth - 2] === this.#query[last] &&
      ((this.#reached(typos - 1)[depth - 2] ?? 0) & (1 << (last - 1))) !== 0
    )
  }

  #reached(typos: number): Int32Array {
    if (typos === 0) return this.#none
    return typos === 1 ? this.#one : this.#two
  }
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39
}
