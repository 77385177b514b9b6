import { useLayoutEffect, useState } from 'react'
import { timings } from '../monitoring/index.ts'
import type { SongResults } from './queries/searchResults.ts'
import type { Search } from './types.ts'

/**
 * Notes how long a search took whose answer this page still knew, until it is about to be painted. What has to be read is
 * timed where that is done.
 */
export function useSearchTime(search: Search, { data, isPlaceholderData, dataUpdatedAt }: SongResults): void {
  // Whoever comes to the page, from a song for example, has not searched just now.
  const [asked, setAsked] = useState({ search, at: 0, day: 0 })
  if (asked.search !== search) setAsked({ search, at: performance.now(), day: Date.now() })
  const isKnown = asked.at > 0 && data !== undefined && !isPlaceholderData && dataUpdatedAt < asked.day
  useLayoutEffect(() => {
    if (!isKnown) return
    timings.send({
      metric: 'songs.search',
      label: 'memory',
      ms: performance.now() - asked.at,
      failed: false,
    })
  }, [asked, isKnown])
}
