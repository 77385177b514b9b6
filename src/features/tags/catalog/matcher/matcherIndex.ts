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

/** The index of these tags, which it keeps: they must not change. */
export function* buildMatcherIndex(catalog: readonly CatalogTag[]): Steps<MatcherIndex> {
  const spellings = yield* foldSpellings(catalog)
  const { units } = spellings
  const { starts, owners: startOwners } = yield* findStarts(spellings)
  yield* sortPositions(units, starts, startOwners)

  const { names, nameOwners } = keepNames(units, starts, startOwners, spellings.begins.length)
  yield
  const ranking = rankTags(catalog, spellings, nameOwners)
  yield
  const trie = yield* buildStartTrie(units, starts, TRIE_DEPTH)
  const tails = yield* findWordTails(units, starts)
  return { catalog, spellings, names, nameOwners, starts, startOwners, trie, tails, ranking }
}

/** The starts that are no later words; they stay sorted. */
function keepNames(
  units: Uint16Array,
  starts: Int32Array,
  owners: Int32Array,
  count: number,
): Pick<MatcherIndex, 'names' | 'nameOwners'> {
  const names = new Int32Array(count)
  const nameOwners = new Int32Array(count)
  let next = 0
  for (let i = 0; i < starts.length; i++) {
    const start = starts[i] ?? 0
    if (units[start - 1] !== END) continue
    names[next] = start
    nameOwners[next++] = owners[i] ?? 0
  }
  return { names, nameOwners }
}
