import { foldName } from '../../../lib/folding.ts'
import type { CatalogTag } from '../catalog/types.ts'
import type { SuggestedTags } from './tagService.ts'

const kinds = ['exact', 'prefix', 'word-prefix'] as const

/**
 * What the server would answer to a longer query, made of a complete answer to its beginning. Null when it has to be
 * asked: the answer was not complete, or nothing begins with the query, which may then be misspelt or inside a word.
 * @param query folded
 */
export function narrowSuggestions(answer: SuggestedTags, query: string): SuggestedTags | null {
  if (!answer.complete || !query.startsWith(answer.query)) return null
  const suggestions = answer.suggestions.flatMap(({ tag }) => bestMatch(tag, query))
  if (suggestions.length === 0) return null
  return { query, complete: true, suggestions: suggestions.sort(compare) }
}

type Match = { tag: CatalogTag; kind: (typeof kinds)[number]; via: string | null }

function bestMatch(tag: CatalogTag, query: string): Match[] {
  const folded = [tag.name, ...tag.synonyms].map((name) => ({ name, folded: foldName(name) }))
  for (const kind of kinds) {
    const found = folded.find((name) => matches(kind, name.folded, query))
    if (found) return [{ tag, kind, via: found === folded[0] ? null : found.name }]
  }
  return []
}

function matches(kind: (typeof kinds)[number], folded: string, query: string): boolean {
  if (kind === 'exact') return folded === query
  if (kind === 'prefix') return folded.startsWith(query)
  return folded.includes(` ${query}`)
}

function compare(a: Match, b: Match): number {
  return (
    kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
    Number(b.tag.isStandard) - Number(a.tag.isStandard) ||
    b.tag.usage - a.tag.usage ||
    (a.tag.name < b.tag.name ? -1 : 1)
  )
}
