import { foldName } from '../../../../lib/folding.ts'
import { SPACE } from './spellings.ts'

/** More words than these are not looked for in any order. */
const MOST_WORDS = 8

/** What was typed, folded, as units in a buffer that is used again. */
export class TypedQuery {
  key = ''
  units = new Uint16Array(64)
  /** Where each word begins and ends, when there are at least two and not too many. */
  readonly wordFrom: number[] = []
  readonly wordTo: number[] = []

  set(text: string): void {
    const key = foldName(text)
    // One more than the query: a unit that stands for the end of a word.
    if (key.length >= this.units.length) this.units = new Uint16Array(2 * key.length)
    this.key = key
    this.wordFrom.length = 0
    this.wordTo.length = 0
    let from = 0
    for (let i = 0; i <= key.length; i++) {
      const unit = i < key.length ? key.charCodeAt(i) : SPACE
      this.units[i] = unit
      if (unit !== SPACE) continue
      this.wordFrom.push(from)
      this.wordTo.push(i)
      from = i + 1
    }
  }

  get length(): number {
    return this.key.length
  }

  get hasWords(): boolean {
    return this.wordFrom.length > 1 && this.wordFrom.length <= MOST_WORDS
  }
}
