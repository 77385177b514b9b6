import { Suspense } from 'react'
import { Button } from '../../../components/Button.tsx'
import { ReadFailure } from '../../../components/ReadFailure.tsx'
import { ServiceError } from '../../../lib/ServiceError.ts'
import { useOnline } from '../../../lib/useOnline.ts'
import type { SongResults } from '../queries/searchResults.ts'
import { searchAddress } from '../searchAddress.ts'
import { isByTitle } from '../songRows.ts'
import type { Search } from '../types.ts'
import type { RangesOf } from '../useMatchRanges.ts'
import { NoSongs, SongsOffline } from './lazyParts.ts'
import { MoreSongs } from './MoreSongs.tsx'
import { SongList } from './SongList.tsx'
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

  const more = {
    isPaused: results.isFetchingNextPage || results.isFetchNextPageError,
    onMore: results.fetchNextPage,
  }

  // The songs of the search before must not pass for the answer that cannot come now.
  const isMissing = !data || isPlaceholderData
  const isOffline = !online || results.fetchStatus === 'paused'
  if (isMissing && (isOffline || isUnanswered(results.error))) {
    return (
      <Suspense fallback={<SongListSkeleton letters={list.letters} />}>
        <SongsOffline search={search} onOpen={onOpen}>
          {!isOffline && (
            <Button busy={results.isFetching} onClick={() => void results.refetch()}>
              Try again
            </Button>
          )}
        </SongsOffline>
      </Suspense>
    )
  }
  if (results.isError && isMissing) {
    return (
      <ReadFailure
        title="The songs could not be read"
        text="The server did not answer as it should. Nothing is lost; try again, or wait a minute and then try again."
        query={results}
      />
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
  return (
    <div>
      <SongList
        {...list}
        songs={data.songs}
        total={data.total}
        stale={isPlaceholderData}
        {...(results.hasNextPage && !isPlaceholderData && { more })}
      />
      <MoreSongs
        loading={results.isFetchingNextPage}
        failed={results.isFetchNextPageError}
        load={() => void results.fetchNextPage()}
      />
    </div>
  )
}

/** Nothing answered: the device may believe that it has a network, but the songbook is not to be reached over it. */
function isUnanswered(error: Error | null): boolean {
  return error instanceof ServiceError && error.status === 0
}
