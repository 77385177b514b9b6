import { useLocation, useParams } from 'react-router'
import { BackLink } from '../../components/BackLink.tsx'
import { Button } from '../../components/Button.tsx'
import { ButtonLink } from '../../components/ButtonLink.tsx'
import { Notice } from '../../components/Notice.tsx'
import { SongDetail, SongDetailSkeleton, useSong } from '../../features/songs/index.ts'

export function SongPage() {
  const { songId = '' } = useParams()
  const song = useSong(songId)
  return (
    <>
      <title>{song.data ? `${song.data.title} – HSA Songbook` : 'HSA Songbook'}</title>
      <BackLink to={`/${useListSearch()}`}>All songs</BackLink>
      <SongState song={song} />
    </>
  )
}

/** The search of the list one came from, so that the way back leads to the same songs. */
function useListSearch(): string {
  const state: unknown = useLocation().state
  const list = typeof state === 'object' && state !== null && 'list' in state ? state.list : ''
  return typeof list === 'string' ? list : ''
}

function SongState({ song }: { song: ReturnType<typeof useSong> }) {
  if (song.data) return <SongDetail song={song.data} />
  if (song.data === null) {
    return (
      <Notice
        tone="plain"
        title="This song is not in the songbook"
        text="It may have been removed, or the link to it is incomplete."
      >
        <ButtonLink to="/">Show all songs</ButtonLink>
      </Notice>
    )
  }
  if (song.isError) {
    return (
      <div role="alert">
        <Notice
          tone="problem"
          title="The song could not be read"
          text="The server did not answer as it should. The song itself is safe; try again, or wait a minute first."
        >
          <Button busy={song.isFetching} onClick={() => void song.refetch()}>
            Try again
          </Button>
        </Notice>
      </div>
    )
  }
  if (song.fetchStatus === 'paused') {
    return (
      <Notice
        tone="offline"
        title="You are offline"
        text="This song is not on this device yet. It appears by itself as soon as there is a connection."
      />
    )
  }
  return <SongDetailSkeleton />
}
