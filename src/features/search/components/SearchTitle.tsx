import { searchWords } from '../searchWords.ts'
import type { Facets } from '../services/searchService.ts'
import type { Search } from '../types.ts'

/** The page's title says what was looked for, so that tabs and history entries can be told apart. */
export function SearchTitle({ search, facets }: { search: Search; facets: Facets | null }) {
  return <title>{`${searchWords(search, facets)} – HSA Songbook`}</title>
}
