import type { CatalogTag } from '../types.ts'
import { type Ranking, rankTags } from './rankTags.ts'
import { sortPositions } from './sortPositions.ts'
import { END, findStarts, foldSpellings, type Spellings } from './spellings.ts'
import { buildStartTrie, type StartTrie } from './startTrie.ts'
import type { Steps } from './steps.ts'
import { TRIE_DEPTH } from './typoWalk.ts'
import { findWordTails, type WordTails } from './wordTails.ts'

/** All that suggesting reads: arrays of numbers, sorted once, never changed. */
export interface MatcherIndex {
  catalog: readonly CatalogTag[]
  spellings: Spellings
  /** Where spellings begin, sorted by what they spell, and by place which spelling that is. */
  names: Int32Array
  nameOwners: Int32Array
  /** The same of all their words, the first ones included. */
  starts: Int32Array
  startOwners: Int32Array
  trie: StartTrie
  tails: WordTails
  ranking: Ranking
}

export function* buildMatcherIndex(catalog: readonly CatalogTag[]): Steps<MatcherIndex> {
  const spellings = yield* foldSpellings(catalog)
  const { units } = spellings
  const { starts, owners: startOwners } = yield* findStarts(spellings)
  yield* sortPositions(units, starts, startOwners)

  const isName = (start: number) => units[start - 1] === END
  const names = starts.filter(isName)
  const nameOwners = startOwners.filter((_, place) => isName(starts[place] ?? 0))
  yield
  const ranking = rankTags(catalog, spellings, nameOwners)
  yield
  const trie = yield* buildStartTrie(units, starts, TRIE_DEPTH)
  const tails = yield* findWordTails(units, starts)
  return { catalog, spellings, names, nameOwners, starts, startOwners, trie, tails, ranking }
}
