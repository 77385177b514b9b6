import { tagMetrics } from '../tags/index.ts'
import { countFilters, EVERY_SONG } from './search.ts'
import type { Search } from './types.ts'

let last = EVERY_SONG

/**
 * Counts its text and tags, where they are not those of the search before: who comes back from a song has not searched again.
 * A text beside filters says nothing about what is missing, and is not counted.
 */
export function countSearch(search: Search, found: boolean): void {
  const { text, all, any } = search
  if (countFilters(search) === 0 && text !== last.text) tagMetrics.searched(text, found)
  const before = [...last.all, ...last.any]
  for (const tag of [...all, ...any]) if (!before.includes(tag)) tagMetrics.used(tag, 'filtered')
  last = search
}
