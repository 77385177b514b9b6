import { type BestMatches, costOf } from './bestMatches.ts'
import type { MatcherIndex } from './matcherIndex.ts'
import { END } from './spellings.ts'
import type { TypoEnd, TypoSink } from './typoWalk.ts'

const TYPO = costOf('typo')
/** What is more likely to be meant, by how it ends: a word that was written to its end, one that was left in its midst. */
const END_COSTS: Readonly<Record<TypoEnd, number>> = { word: 1, letter: 3, slip: 5 }
const LATER_WORD = 1
/** People seldom miss the first letter, and see it when they do. */
const OTHER_FIRST_LETTER = 2
const SECOND_TYPO = 16

/** Offers what a typo walk finds to the best matches, each at its cost. */
export class TypoMatches implements TypoSink {
  readonly #index: MatcherIndex
  readonly #best: BestMatches
  #firstUnit = 0

  constructor(index: MatcherIndex, best: BestMatches) {
    this.#index = index
    this.#best = best
  }

  begin(firstUnit: number): void {
    this.#firstUnit = firstUnit
  }

  found(low: number, high: number, depth: number, typos: number, end: TypoEnd): void {
    const { starts, startOwners, spellings } = this.#index
    const { units } = spellings
    const first = starts[low] ?? 0
    const shared =
      END_COSTS[end] +
      (typos > 1 ? SECOND_TYPO : 0) +
      (units[first] === this.#firstUnit ? 0 : OTHER_FIRST_LETTER)
    for (let i = low; i < high; i++) {
      const position = starts[i] ?? 0
      const isName = units[position - 1] === END
      const isWhole = isName && end === 'word' && units[position + depth] === END
      const place = isWhole ? -1 : isName ? 0 : LATER_WORD
      this.#best.offer(TYPO + shared + place, startOwners[i] ?? 0, position)
    }
  }
}
