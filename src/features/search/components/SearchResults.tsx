import { type KeyboardEvent, Suspense } from 'react'
import { Button } from '../../../components/Button.tsx'
import { Notice } from '../../../components/Notice.tsx'
import { useOnline } from '../../../lib/useOnline.ts'
import type { SongResults } from '../queries/searchResults.ts'
import { searchAddress } from '../searchAddress.ts'
import { isByTitle } from '../songRows.ts'
import type { Search } from '../types.ts'
import type { RangesOf } from '../useMatchRanges.ts'
import { FirstSongs } from './FirstSongs.tsx'
import { focusSong } from './focusSong.ts'
import { NoSongs, SongsOffline, VirtualSongs } from './lazyParts.ts'
import { MoreSongs } from './MoreSongs.tsx'
import { SongListSkeleton } from './SongListSkeleton.tsx'

type Props = {
  search: Search
  /** The search that the songs answer. */
  shown: Search
  results: SongResults
  rangesOf: RangesOf
  onChange: (search: Search) => void
  onOpen: () => void
}

/** The songs that a search finds, or which of the four other states the list is in. */
export function SearchResults({ search, shown, results, rangesOf, onChange, onOpen }: Props) {
  const online = useOnline()
  const { data, isPlaceholderData } = results
  const list = { letters: isByTitle(shown), rangesOf, list: searchAddress(shown), onOpen }

  // The songs of the search before must not pass for the answer that cannot come now.
  if ((!online || results.fetchStatus === 'paused') && (!data || isPlaceholderData)) {
    return (
      <Suspense fallback={<SongListSkeleton letters={list.letters} />}>
        <SongsOffline search={search} onOpen={onOpen} />
      </Suspense>
    )
  }
  if (results.isError && (!data || isPlaceholderData)) {
    return (
      <div role="alert">
        <Notice
          tone="problem"
          title="The songs could not be read"
          text="The server did not answer as it should. Nothing is lost; try again, or wait a minute and then try again."
        >
          <Button busy={results.isFetching} onClick={() => void results.refetch()}>
            Try again
          </Button>
        </Notice>
      </div>
    )
  }
  if (!data) return <SongListSkeleton letters={list.letters} />
  if (data.songs.length === 0) {
    return (
      <Suspense>
        <NoSongs search={search} onChange={onChange} />
      </Suspense>
    )
  }
  const songs = { ...list, songs: data.songs, total: data.total, stale: isPlaceholderData }
  return (
    // The keys move the focus among links, which do the rest by themselves.
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the keys of the links in it
    <div onKeyDown={moveFocus}>
      <Suspense fallback={<FirstSongs {...songs} />}>
        <VirtualSongs
          {...songs}
          hasMore={results.hasNextPage && !isPlaceholderData}
          isPaused={results.isFetchingNextPage || results.isFetchNextPageError}
          onMore={results.fetchNextPage}
        />
      </Suspense>
      <MoreSongs
        loading={results.isFetchingNextPage}
        failed={results.isFetchNextPageError}
        load={() => void results.fetchNextPage()}
      />
    </div>
  )
}

function moveFocus(event: KeyboardEvent): void {
  const which = event.key === 'ArrowDown' ? 'next' : event.key === 'ArrowUp' ? 'previous' : null
  if (which && !event.altKey && !event.ctrlKey && !event.metaKey && focusSong(which)) event.preventDefault()
}
