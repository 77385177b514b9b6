import { useEffect } from 'react'
import { useLocation, useParams } from 'react-router'
import { BackLink } from '../../components/BackLink.tsx'
import { useSongOpened } from '../../features/search/index.ts'
import { type Song, SongDetail, useMayEdit, useSong } from '../../features/songs/index.ts'
import { EditSongPage } from '../lazyPages.ts'
import { SongState } from './SongState.tsx'

export function SongPage() {
  const { songId = '' } = useParams()
  const song = useSong(songId)
  useSongOpened(song.data?.id)
  return (
    <>
      <title>{song.data ? `${song.data.title} – HSA Songbook` : 'HSA Songbook'}</title>
      <BackLink to={`/${useListSearch()}`}>All songs</BackLink>
      <SongState song={song}>{(read) => <ReadSong song={read} />}</SongState>
    </>
  )
}

function ReadSong({ song }: { song: Song }) {
  const may = useMayEdit(song)
  useEffect(() => {
    // So that the form opens without a connection, too. When it fails, opening it says so.
    if (may) void EditSongPage.preload().catch(() => undefined)
  }, [may])
  return <SongDetail song={song} />
}

/** The search of the list one came from, so that the way back leads to the same songs. */
function useListSearch(): string {
  const state: unknown = useLocation().state
  const list = typeof state === 'object' && state !== null && 'list' in state ? state.list : ''
  return typeof list === 'string' ? list : ''
}
