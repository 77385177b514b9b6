import { useEffect } from 'react'
import { forgetOthersSearches } from './recentSearchesKey.ts'

/** Keeps recent searches to one person: who signs out leaves none behind. @param userId undefined while it is not known */
export function useSearchOwner(userId: string | null | undefined): void {
  useEffect(() => {
    // Part of the first load: a chunk might not be had on the way out.
    if (userId !== undefined) forgetOthersSearches(userId)
  }, [userId])
}
