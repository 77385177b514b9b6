import { useCallback, useEffect, useState } from 'react'
import type { matchRanges } from './matchRanges.ts'

type Find = typeof matchRanges
export type RangesOf = (text: string) => ReturnType<Find>

let loaded: Find | undefined

/** What to set off in a text for this query. Nothing until folding is loaded, which is no part of the first load. */
export function useMatchRanges(query: string): RangesOf {
  const [find, setFind] = useState<Find | undefined>(() => loaded)
  const needed = query !== '' && find === undefined
  useEffect(() => {
    if (!needed) return
    let wanted = true
    import('./matchRanges.ts').then(
      ({ matchRanges }) => {
        loaded = matchRanges
        if (wanted) setFind(() => matchRanges)
      },
      // The songs are as well read without.
      () => undefined,
    )
    return () => {
      wanted = false
    }
  }, [needed])
  return useCallback((text) => (query === '' || !find ? [] : find(text, query)), [query, find])
}
