import { Navigate, useNavigate, useParams } from 'react-router'
import { BackLink } from '../../components/BackLink.tsx'
import { ButtonLink } from '../../components/ButtonLink.tsx'
import { Notice } from '../../components/Notice.tsx'
import { RoleUnknown, useRole, useSignedInUser } from '../../features/auth/index.ts'
import { EditSong, type Song, useMayEdit, useSong } from '../../features/songs/index.ts'
import styles from './FormPage.module.css'
import { SongState } from './SongState.tsx'

export function EditSongPage() {
  const { songId = '' } = useParams()
  const song = useSong(songId)
  const { data: user } = useSignedInUser()
  if (user === null) {
    return <Navigate to={`/sign-in?${new URLSearchParams({ next: `/songs/${songId}/edit` })}`} replace />
  }
  return (
    <>
      <title>{song.data ? `Edit ${song.data.title} – HSA Songbook` : 'HSA Songbook'}</title>
      <BackLink to={`/songs/${songId}`}>Back to the song</BackLink>
      <h1 className={styles.heading}>Edit song</h1>
      <SongState song={song}>{(read) => <IfAllowed song={read} />}</SongState>
    </>
  )
}

/** The database refuses an edit that is not allowed; this spares a person the typing. */
function IfAllowed({ song }: { song: Song }) {
  const navigate = useNavigate()
  const role = useRole()
  const may = useMayEdit(song)
  if (may) return <EditSong song={song} onDone={() => void navigate(`/songs/${song.id}`)} />
  if (!role.isSuccess) return <RoleUnknown role={role} />
  return (
    <Notice
      tone="plain"
      title="This song is somebody else’s"
      text="Its owner and the songbook’s editors can change it. Ask one of them, or the admin for a role of your own."
    >
      <ButtonLink to={`/songs/${song.id}`}>Back to the song</ButtonLink>
    </Notice>
  )
}
