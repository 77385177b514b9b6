import { foldName } from '../../lib/folding.ts'
import { highlightRange } from '../../lib/highlightRange.ts'

type Range = readonly [start: number, end: number]

/** More words than these are a text that was pasted, and no search. */
const MOST_WORDS = 12
/** Letters that a part in the middle of a word has at least to be set off; writing systems without spaces need one. */
const SHORTEST_INFIX = 3
const FIRST_CJK = 0x2e80

/**
 * Where the words of a query stand in a text, however they are spelled: as [start, end) in UTF-16 units of the text, in
 * order and without overlaps. As a word of its own, or else at the beginning of words, or else in their middle; the last one
 * may still be being typed, so it is a beginning.
 */
export function matchRanges(text: string, query: string): Range[] {
  const key = foldName(text)
  const words = foldName(query).split(' ').filter(Boolean).slice(0, MOST_WORDS)
  const found = words.flatMap((word, index) => {
    const isTyped = index === words.length - 1
    return placesOf(key, word, isTyped).map((at) => highlightRange(text, key, at, at + word.length))
  })
  return merged(found)
}

function placesOf(key: string, word: string, isBeginning: boolean): number[] {
  const places: number[] = []
  for (let at = key.indexOf(word); at >= 0; at = key.indexOf(word, at + word.length)) places.push(at)
  const beginnings = places.filter((at) => at === 0 || key[at - 1] === ' ')
  const wholes = beginnings.filter((at) => [undefined, ' '].includes(key[at + word.length]))
  if (wholes.length > 0 && !isBeginning) return wholes
  if (beginnings.length > 0) return beginnings
  return word.length >= SHORTEST_INFIX || word.charCodeAt(0) >= FIRST_CJK ? places : []
}

function merged(ranges: Range[]): Range[] {
  const result: Range[] = []
  for (const range of ranges.sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
    const last = result.at(-1)
    if (last && range[0] <= last[1]) result[result.length - 1] = [last[0], Math.max(last[1], range[1])]
    else result.push(range)
  }
  return result
}
