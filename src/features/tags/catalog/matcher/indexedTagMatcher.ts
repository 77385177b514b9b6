import type { Suggestion, SuggestOptions, TagMatcher } from '../types.ts'
import { BestMatches, costOf, kindOf } from './bestMatches.ts'
import { boundary } from './findRange.ts'
import type { MatcherIndex } from './matcherIndex.ts'
import { offerNearDuplicates } from './nearDuplicates.ts'
import { END, keyAt, SPACE } from './spellings.ts'
import { toSuggestion } from './toSuggestion.ts'
import { TypedQuery } from './typedQuery.ts'
import { TypoMatches } from './typoMatches.ts'
import { typoTolerance } from './typoTolerance.ts'
import { TypoWalk } from './typoWalk.ts'
import { findWordsInAnyOrder, placesOfWords } from './wordsInAnyOrder.ts'

const EXACT = costOf('exact')
const PREFIX = costOf('prefix')
/** Ranks with prefixes: `king` is as much in Christ the King as in Kingdom of God. */
const WHOLE_WORD = PREFIX
const WORD_PREFIX = costOf('word-prefix')
const ANY_ORDER = costOf('word-prefix', 1)
const INFIX = costOf('infix')

/** Fewer letters stand in the midst of too many words to tell anything; of other scripts one may be a word. */
const SHORTEST_INFIX = 3
const FIRST_CJK = 0x2e80

/** A person who is about to make a tag reads no longer list. */
const MOST_DUPLICATES = 5

type Range = [from: number, to: number]

export class IndexedTagMatcher implements TagMatcher {
  readonly #index: MatcherIndex
  readonly #query = new TypedQuery()
  readonly #best: BestMatches
  readonly #walk: TypoWalk
  readonly #typos: TypoMatches

  constructor(index: MatcherIndex) {
    this.#index = index
    this.#best = new BestMatches(index)
    this.#walk = new TypoWalk(index.spellings.units)
    this.#typos = new TypoMatches(index, this.#best)
  }

  suggest(text: string, options: SuggestOptions): Suggestion[] {
    const query = this.#query
    const best = this.#best
    query.set(text)
    best.begin(options)
    if (query.length === 0 || best.isFull) return []
    // From the best kind to the worst: once the list is full, no worse kind gets into it.
    this.#findPrefixes()
    this.#findWholeWords()
    if (!best.isFull) this.#findWordPrefixes()
    const hasPrefixes = best.count > 0
    if (!best.isFull) this.#findInfixes()
    if (!best.isFull && !hasPrefixes) this.#findTypos()
    return this.#suggestions()
  }

  nearDuplicates(name: string): Suggestion[] {
    this.#query.set(name)
    this.#best.begin({ limit: MOST_DUPLICATES })
    if (this.#query.length === 0 || this.#best.isFull) return []
    offerNearDuplicates(this.#index, this.#walk, this.#query, this.#best)
    const { units, begins } = this.#index.spellings
    return this.#best.map((cost, spelling) => {
      const name = keyAt(units, begins[spelling] ?? 0)
      return toSuggestion(this.#index, spelling, kindOf(cost), [[0, name.length]])
    })
  }

  #suggestions(): Suggestion[] {
    const { begins } = this.#index.spellings
    return this.#best.map((cost, spelling, position) => {
      const begin = begins[spelling] ?? 0
      const matched = this.#matchedAt(cost, begin, position)
      return toSuggestion(
        this.#index,
        spelling,
        cost === WHOLE_WORD && position > begin ? 'word-prefix' : kindOf(cost),
        matched.map(([from, to]) => [from - begin, to - begin] as const),
      )
    })
  }

  /** Which units matched. */
  #matchedAt(cost: number, begin: number, position: number): Range[] {
    const { units, length, wordFrom, wordTo } = this.#query
    if (cost === ANY_ORDER) {
      const places = placesOfWords(this.#index.spellings.units, begin, this.#query) ?? []
      return places
        .map((place, word): Range => [place, place + (wordTo[word] ?? 0) - (wordFrom[word] ?? 0)])
        .sort(([a], [b]) => a - b)
    }
    const depth =
      kindOf(cost) === 'typo' ? this.#walk.depthAt(position, units, length, typoTolerance(length)) : length
    return [[position, position + depth]]
  }

  #findPrefixes(): void {
    const { names, nameOwners, spellings } = this.#index
    const [low, high] = this.#range(names)
    // Whole names come first. Looking further would be a walk through all of the memory.
    let isWhole = true
    for (let i = low; i < high; i++) {
      const position = names[i] ?? 0
      isWhole &&= spellings.units[position + this.#query.length] === END
      this.#best.offer(isWhole ? EXACT : PREFIX, nameOwners[i] ?? 0, position)
    }
  }

  /** Later words that are what was typed: as good as a beginning. */
  #findWholeWords(): void {
    const { starts, startOwners, spellings } = this.#index
    const { units, length } = this.#query
    const low = boundary(spellings.units, starts, units, 0, length, false)
    for (let i = low; i < starts.length; i++) {
      const position = starts[i] ?? 0
      if (!this.#isSpeltAt(position, 0) || (spellings.units[position + length] ?? 0) > SPACE) break
      if (spellings.units[position - 1] !== END) this.#best.offer(WHOLE_WORD, startOwners[i] ?? 0, position)
    }
  }

  #findWordPrefixes(): void {
    const { starts, startOwners, spellings } = this.#index
    const [low, high] = this.#range(starts)
    for (let i = low; i < high; i++) {
      const position = starts[i] ?? 0
      if (spellings.units[position - 1] !== END) {
        this.#best.offer(WORD_PREFIX, startOwners[i] ?? 0, position)
      }
    }
    if (this.#best.isFull || !this.#query.hasWords) return
    findWordsInAnyOrder(this.#index, this.#query, (spelling) =>
      this.#best.offer(ANY_ORDER, spelling, spellings.begins[spelling] ?? 0),
    )
  }

  /** Inside words: a query of several words begins at the end of one. */
  #findInfixes(): void {
    const { spellings, starts, startOwners, tails } = this.#index
    const { units, length, wordTo } = this.#query
    if (length < SHORTEST_INFIX && (units[0] ?? 0) < FIRST_CJK) return
    const firstWord = wordTo[0] ?? length
    const low = boundary(spellings.units, tails.tails, units, 0, firstWord, false)
    const high = boundary(spellings.units, tails.tails, units, 0, firstWord, true)
    for (let tail = low; tail < high; tail++) {
      const word = tails.words[tail] ?? 0
      const first = tails.low[word] ?? 0
      const end = tails.high[word] ?? 0
      const inside = (tails.tails[tail] ?? 0) - (starts[first] ?? 0)
      for (let i = first; i < end; i++) {
        const position = (starts[i] ?? 0) + inside
        if (firstWord === length || this.#isSpeltAt(position, firstWord)) {
          this.#best.offer(INFIX, startOwners[i] ?? 0, position)
        }
      }
    }
  }

  #findTypos(): void {
    const { trie, starts } = this.#index
    const { units, length } = this.#query
    const most = typoTolerance(length)
    for (let typos = 1; typos <= most && this.#best.count === 0; typos++) {
      this.#typos.begin(units[0] ?? 0)
      this.#walk.walk(trie, starts, units, length, typos, this.#typos)
    }
  }

  #isSpeltAt(position: number, from: number): boolean {
    const { units } = this.#index.spellings
    for (let i = from; i < this.#query.length; i++) {
      if (units[position + i] !== this.#query.units[i]) return false
    }
    return true
  }

  #range(sorted: Int32Array): [low: number, high: number] {
    const { units } = this.#index.spellings
    const query = this.#query
    return [
      boundary(units, sorted, query.units, 0, query.length, false),
      boundary(units, sorted, query.highest, 0, query.length, true),
    ]
  }
}
