import { whenIdle } from '../../lib/whenIdle.ts'
import {
  FilterSheet,
  Filters,
  NoSongs,
  RecentSearches,
  SearchSummary,
  SongsOffline,
} from './components/lazyParts.ts'
import { VirtualSongs } from './components/lazyVirtualSongs.ts'

/** Has what a search needs on the device while the browser is idle: it must work offline, too. @returns how to call it off */
export function preloadSearch({ wide }: { wide: boolean }): () => void {
  const load = () =>
    void Promise.all([
      ...[VirtualSongs, SearchSummary, SongsOffline, NoSongs, RecentSearches].map((part) => part.preload()),
      (wide ? Filters : FilterSheet).preload(),
      import('./matchRanges.ts'),
      import('./rememberSearch.ts'),
      // Whoever needs one of them hears what is wrong.
    ]).catch(() => undefined)
  return whenIdle(load)
}
