import { foldName } from '../../../lib/folding.ts'
import { highlightRange } from '../../../lib/highlightRange.ts'
import type { CatalogTag, MatchKind, Suggestion, TagMatcher } from './types.ts'

const ORDER: readonly MatchKind[] = ['exact', 'prefix', 'word-prefix']
/** Letters of the query that a spelling must show before it is folded, which is what costs. */
const LETTERS = 2
const printableAscii = /^[ -~]*$/

/**
 * Answers from the tags as they are, without an index: for the first moments of a page, while the index is being made.
 * Finds what begins with the query, or has a word that does; no typos, nothing in the middle of a word.
 */
export function createScanningMatcher(tags: readonly CatalogTag[]): TagMatcher {
  return {
    suggest: (query, { limit, chosen }) =>
      scan(tags, foldName(query))
        .filter(({ tag }) => !chosen?.has(tag.id))
        .slice(0, limit),
    nearDuplicates: (name) => scan(tags, foldName(name)).filter(({ kind }) => kind === 'exact'),
  }
}

function scan(tags: readonly CatalogTag[], query: string): Suggestion[] {
  if (query === '') return []
  const letters = query.slice(0, LETTERS)
  const found: Suggestion[] = []
  for (const tag of tags) {
    let best = matchOf(tag, null, query, letters)
    for (const synonym of tag.synonyms) {
      const other = matchOf(tag, synonym, query, letters)
      if (other && (!best || place(other) < place(best))) best = other
    }
    if (best) found.push(best)
  }
  return found.sort(compare)
}

function matchOf(tag: CatalogTag, via: string | null, query: string, letters: string): Suggestion | null {
  const spelling = via ?? tag.name
  // Names are nearly all of this kind, and the two built-in functions are fast from the first call on.
  if (printableAscii.test(spelling) && !spelling.toLowerCase().includes(letters)) return null
  const key = foldName(spelling)
  const at = key.startsWith(query) ? 0 : key.indexOf(` ${query}`) + 1
  if (at === 0 && !key.startsWith(query)) return null
  const kind = at > 0 ? 'word-prefix' : key === query ? 'exact' : 'prefix'
  return { tag, kind, via, highlights: [highlightRange(spelling, key, at, at + query.length)] }
}

function place({ kind }: Suggestion): number {
  return ORDER.indexOf(kind)
}

function compare(a: Suggestion, b: Suggestion): number {
  return (
    place(a) - place(b) ||
    Number(b.tag.isStandard) - Number(a.tag.isStandard) ||
    Number(a.via !== null) - Number(b.via !== null) ||
    b.tag.usage - a.tag.usage ||
    (a.tag.name < b.tag.name ? -1 : 1)
  )
}
