import { boundary } from './findRange.ts'
import type { MatcherIndex } from './matcherIndex.ts'
import { END, SPACE } from './spellings.ts'
import type { TypedQuery } from './typedQuery.ts'

/** Told of a spelling that holds all the words, and where in the units it begins. */
export type FoundSpelling = (spelling: number) => void

/**
 * Finds spellings of which each word of the query begins a word of its own, wherever it stands: `spirit holy`, and
 * `praise god` in Praise to God. Looks through the spellings that have the rarest of them.
 */
export function findWordsInAnyOrder(index: MatcherIndex, query: TypedQuery, found: FoundSpelling): void {
  const { units } = index.spellings
  let low = 0
  let high = Number.POSITIVE_INFINITY
  for (const [word, from] of query.wordFrom.entries()) {
    const to = query.wordTo[word] ?? 0
    const first = boundary(units, index.starts, query.units, from, to, false)
    const end = boundary(units, index.starts, query.units, from, to, true)
    if (end - first < high - low) {
      low = first
      high = end
    }
  }
  for (let i = low; i < high; i++) {
    const spelling = index.startOwners[i] ?? 0
    if (placesOfWords(units, index.spellings.begins[spelling] ?? 0, query) !== null) found(spelling)
  }
}

/**
 * Where in the units the words of the query begin, in their order; null unless each begins a word of its own.
 *
 * @param begin of the spelling
 */
export function placesOfWords(units: Uint16Array, begin: number, query: TypedQuery): number[] | null {
  const places: number[] = []
  for (const [word, from] of query.wordFrom.entries()) {
    const to = query.wordTo[word] ?? 0
    let place = begin
    while (place !== END && (!beginsWith(units, place, query.units, from, to) || places.includes(place))) {
      place = nextWord(units, place)
    }
    if (place === END) return null
    places.push(place)
  }
  return places
}

function beginsWith(
  units: Uint16Array,
  place: number,
  query: Uint16Array,
  from: number,
  to: number,
): boolean {
  for (let i = from; i < to; i++) if (units[place + i - from] !== query[i]) return false
  return true
}

/** END (no place of a word) after the last one. */
function nextWord(units: Uint16Array, place: number): number {
  let i = place
  while ((units[i] ?? END) > SPACE) i++
  return units[i] === SPACE ? i + 1 : END
}
