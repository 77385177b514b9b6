import { addRecentSearch } from './recentSearches.ts'
import { searchAddress } from './searchAddress.ts'
import { searchWords } from './searchWords.ts'
import type { Facets } from './services/searchService.ts'
import type { Search } from './types.ts'

/** Keeps a search among the recent ones of this person. One of tags alone, whose names are not known here, is not kept. */
export function rememberSearch(owner: string | null, search: Search, facets: Facets | null): void {
  const words = searchWords(search, facets)
  if (words !== '') addRecentSearch(owner, { address: searchAddress(search), words })
}
