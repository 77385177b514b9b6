import type { FoundSong } from '../services/searchService.ts'
import type { RangesOf } from '../useMatchRanges.ts'

export type SongListProps = {
  songs: readonly FoundSong[]
  /** Of all songs found, those included that are not here yet. */
  total: number
  letters: boolean
  rangesOf: RangesOf
  /** The address of the search. */
  list: string
  /** The songs of the search before, while the next answer is on its way. */
  stale: boolean
  onOpen: () => void
}
