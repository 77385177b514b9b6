import type { ReactNode } from 'react'
import { ButtonLink } from '../../components/ButtonLink.tsx'
import { Notice } from '../../components/Notice.tsx'
import { ReadFailure } from '../../components/ReadFailure.tsx'
import { type Song, SongDetailSkeleton, type useSong } from '../../features/songs/index.ts'

type Props = {
  song: ReturnType<typeof useSong>
  /** The page of a song that is there. */
  children: (song: Song) => ReactNode
}

/** A song's page, or which of the four other states it is in. */
export function SongState({ song, children }: Props) {
  if (song.data) return children(song.data)
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
      <ReadFailure
        title="The song could not be read"
        text="The server did not answer as it should. The song itself is safe; try again, or wait a minute first."
        query={song}
      />
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
