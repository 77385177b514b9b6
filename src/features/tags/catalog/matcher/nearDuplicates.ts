import { findEdits } from '../../../songs/validation/utils/editDistance.ts'
import { areLookAlikes } from '../../../songs/validation/utils/lookAlikes.ts'
import { squashFolded } from '../../../songs/validation/utils/squashKey.ts'
import { type BestMatches, costOf } from './bestMatches.ts'
import { boundary } from './findRange.ts'
import type { MatcherIndex } from './matcherIndex.ts'
import { END, keyAt, SPACE } from './spellings.ts'
import type { TypedQuery } from './typedQuery.ts'
import { renamingTolerance } from './typoTolerance.ts'
import { LETTERS_WITH_TYPOS, type TypoWalk } from './typoWalk.ts'

const SAME_NAME = costOf('exact')
const SAME_BUT_FOR_SPACES_OR_PLURAL = costOf('typo')
const ONE_TYPO = costOf('typo', 1)

/** A plural is at most so many letters longer, and begins with so many of its singular's. */
const PLURAL_LETTERS = 2
const SINGULAR_LETTERS = 3

/** Units; comparing grows with the square of them, and no tag that the database accepts is longer. */
const LONGEST_COMPARED = 100

/** Offers the spellings that a new name would nearly repeat. */
export function offerNearDuplicates(
  index: MatcherIndex,
  walk: TypoWalk,
  query: TypedQuery,
  best: BestMatches,
): void {
  offerOtherSpellings(index, query, best)
  offerTypos(index, walk, query, best)
}

/** The same name, also in the plural, with other spaces or hyphens. Such names begin with the same letter. */
function offerOtherSpellings(index: MatcherIndex, query: TypedQuery, best: BestMatches): void {
  const { names, nameOwners, spellings } = index
  const low = boundary(spellings.units, names, query.units, 0, 1, false)
  const high = boundary(spellings.units, names, query.units, 0, 1, true)
  const key = keyAt(query.units, 0)
  const squashed = squashFolded(key)
  const letters = squashed.replaceAll(' ', '')
  for (let i = low; i < high; i++) {
    const begin = names[i] ?? 0
    const spelling = nameOwners[i] ?? 0
    if (!mayBeSquashedTo(spellings.units, begin, letters)) continue
    const other = keyAt(spellings.units, begin)
    if (other === key) best.offer(SAME_NAME, spelling, begin)
    else if (squashFolded(other) === squashed) best.offer(SAME_BUT_FOR_SPACES_OR_PLURAL, spelling, begin)
  }
}

/** A quick look: nearly all that begin with the same letter are no match, and squashing them all would take long. */
function mayBeSquashedTo(units: Uint16Array, begin: number, squashedLetters: string): boolean {
  let letters = 0
  let words = 1
  for (let i = begin; units[i] !== END; i++) {
    if (units[i] === SPACE) words++
    else if (letters < SINGULAR_LETTERS && units[i] !== squashedLetters.charCodeAt(letters)) return false
    else letters++
  }
  const surplus = letters - squashedLetters.length
  return surplus >= 0 && surplus <= words * PLURAL_LETTERS
}

function offerTypos(index: MatcherIndex, walk: TypoWalk, query: TypedQuery, best: BestMatches): void {
  const { spellings, starts, startOwners, trie } = index
  const { units } = spellings
  const key = keyAt(query.units, 0)
  const most = renamingTolerance(query.length)
  if (most === 0 || query.length > LONGEST_COMPARED) return
  // What is longer than the walk can see is compared once more.
  const isLong = query.length > LETTERS_WITH_TYPOS
  walk.walk(trie, starts, query.units, query.length, most, {
    found(low, high, depth, typosSeen, end) {
      if (!isLong && (end !== 'word' || typosSeen === 0 || typosSeen > renamingTolerance(depth))) return
      for (let i = low; i < high; i++) {
        const begin = starts[i] ?? 0
        if (units[begin - 1] !== END || (!isLong && units[begin + depth] !== END)) continue
        const other = keyAt(units, begin)
        const typos = isLong ? findEdits(key, other, most)?.length : typosSeen
        if (!typos || holdLookAlikes(key, other)) continue
        best.offer(ONE_TYPO + typos - 1, startOwners[i] ?? 0, begin)
      }
    },
  })
}

/** Whether a word of one is known to be another word than the one in its place. A word looks like itself: that is no reason. */
function holdLookAlikes(key: string, other: string): boolean {
  const others = other.split(' ')
  return key
    .split(' ')
    .some((word, place) => word !== others[place] && areLookAlikes(word, others[place] ?? ''))
}
