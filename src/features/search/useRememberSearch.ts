import { useCallback } from 'react'
import { useSignedInUser } from '../auth/index.ts'
import { isNarrowed } from './search.ts'
import type { Facets } from './services/searchService.ts'
import type { Search } from './types.ts'

/** Keeps a search among the recent ones. Call it when somebody has got something out of it, not for every letter. */
export function useRememberSearch(facets: Facets | null): (search: Search) => void {
  const { data: user } = useSignedInUser()
  const owner = user?.id ?? null
  return useCallback(
    (search) => {
      if (!isNarrowed(search)) return
      import('./rememberSearch.ts').then(
        ({ rememberSearch }) => rememberSearch(owner, search, facets),
        // Without it a search is not remembered, and nothing else is wrong.
        () => undefined,
      )
    },
    [owner, facets],
  )
}
