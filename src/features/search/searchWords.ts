import { activeFilters } from './activeFilters.ts'
import type { Facets } from './services/searchService.ts'
import type { Search } from './types.ts'

/** Parts of a search that a tab's title, or a line of a list, has room for. */
const PARTS = 3

/** “grace”, Christmas, key G: the search in a line; empty for the one that finds everything. */
export function searchWords(search: Search, facets: Facets | null): string {
  const filters = activeFilters(search, facets?.tags ?? []).flatMap(({ kind, name }) =>
    name === null ? [] : `${kind} ${name}`.trim(),
  )
  const parts = [search.text && `“${search.text}”`, ...filters].filter(Boolean)
  const more = parts.length - PARTS
  return parts.slice(0, PARTS).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
