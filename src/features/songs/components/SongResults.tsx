import { Button } from '../../../components/Button.tsx'
import { Notice } from '../../../components/Notice.tsx'
import { useSongList } from '../queries/songList.ts'
import type { SongFilter } from '../types.ts'
import { MoreSongs } from './MoreSongs.tsx'
import { NoSongs } from './NoSongs.tsx'
import { SongList } from './SongList.tsx'
import { SongListSkeleton } from './SongListSkeleton.tsx'

type Props = {
  filter: SongFilter
  /** False while the filter itself is not known yet: the skeleton stands. */
  ready: boolean
}

/** The songs that a filter leaves, or which of the four other states the list is in. */
export function SongResults({ filter, ready }: Props) {
  const list = useSongList(filter, { enabled: ready })

  // The songs of the filter before must not pass for the answer that cannot come now.
  if (list.fetchStatus === 'paused' && (list.isPending || list.isPlaceholderData)) {
    return (
      <Notice
        tone="offline"
        title="You are offline"
        text="These songs are not on this device yet. They appear by themselves as soon as there is a connection."
      />
    )
  }
  if (list.isPending) return <SongListSkeleton />
  if (list.isError && !list.data) {
    return (
      <div role="alert">
        <Notice
          tone="problem"
          title="The songs could not be read"
          text="The server did not answer as it should. Nothing is lost; try again, or wait a minute and then try again."
        >
          <Button busy={list.isFetching} onClick={() => void list.refetch()}>
            Try again
          </Button>
        </Notice>
      </div>
    )
  }
  if (list.data.length === 0) return <NoSongs filter={filter} />
  return (
    <>
      <SongList songs={list.data} stale={list.isPlaceholderData} />
      <MoreSongs
        hasMore={list.hasNextPage}
        loading={list.isFetchingNextPage}
        failed={list.isFetchNextPageError}
        load={() => void list.fetchNextPage()}
      />
    </>
  )
}
