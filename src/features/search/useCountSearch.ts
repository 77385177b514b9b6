import { useEffect } from 'react'
import { useOnline } from '../../lib/useOnline.ts'
import type { Search } from './types.ts'

/** ms. Whoever types on has not asked yet. */
const RESTS = 2000

/** Counts a search that somebody has come to rest at. @param total of songs that it finds; undefined while it is not answered */
export function useCountSearch(search: Search, total: number | undefined): void {
  // What this device alone knows says nothing about what is missing.
  const online = useOnline()
  useEffect(() => {
    if (total === undefined || !online) return
    const timer = setTimeout(() => {
      import('./countSearch.ts').then(
        ({ countSearch }) => countSearch(search, total > 0),
        // Without it a search is not counted, and nothing else is wrong.
        () => undefined,
      )
    }, RESTS)
    return () => clearTimeout(timer)
  }, [search, total, online])
}
