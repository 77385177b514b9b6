import { initialOf } from './initialOf.ts'
import type { FoundSong } from './services/searchService.ts'
import type { Search } from './types.ts'

/** Whether the songs stand in the order of their titles. */
export function isByTitle({ text, sort }: Search): boolean {
  return sort === 'title' || (sort === 'relevance' && text === '')
}

/** The letter over a song: on the first of each letter, empty on the others. */
export function letterAt(songs: readonly FoundSong[], index: number): string {
  const initial = initialOf(songs[index]?.title ?? '')
  const before = songs[index - 1]
  return before && initialOf(before.title) === initial ? '' : initial
}
