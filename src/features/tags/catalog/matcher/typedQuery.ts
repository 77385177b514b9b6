import { foldName } from '../../../../lib/folding.ts'
import { lastSearchUnit, searchUnit } from './searchUnit.ts'
import { END, SPACE } from './spellings.ts'

/** More words than these are not looked for in any order, and none of a single letter: that begins too many. */
const MOST_WORDS = 8
const FIRST_CJK = 0x2e80

/** What was typed, folded, as units up to END in a buffer that is used again. */
export class TypedQuery {
  units = new Uint16Array(64)
  /** The same, but for the last: that is the greatest that it may become. */
  highest = new Uint16Array(64)
  length = 0
  /** Where each word begins and ends. */
  readonly wordFrom: number[] = []
  readonly wordTo: number[] = []

  set(text: string): void {
    const key = foldName(text)
    if (key.length >= this.units.length) {
      this.units = new Uint16Array(2 * key.length)
      this.highest = new Uint16Array(2 * key.length)
    }
    this.length = key.length
    this.wordFrom.length = 0
    this.wordTo.length = 0
    let from = 0
    for (let i = 0; i <= key.length; i++) {
      const unit = i < key.length ? searchUnit(key.charCodeAt(i)) : END
      this.units[i] = unit
      this.highest[i] = unit
      if (unit > SPACE) continue
      this.wordFrom.push(from)
      this.wordTo.push(i)
      from = i + 1
    }
    const last = key.length - 1
    if (last >= 0) this.highest[last] = lastSearchUnit(this.units[last] ?? 0)
  }

  /** Whether its words may be looked for in any order. */
  get hasWords(): boolean {
    const { units, wordFrom, wordTo } = this
    return (
      wordFrom.length > 1 &&
      wordFrom.length <= MOST_WORDS &&
      wordFrom.every((from, word) => (wordTo[word] ?? 0) - from > 1 || (units[from] ?? 0) >= FIRST_CJK)
    )
  }
}
