import { ButtonLink } from '../../components/ButtonLink.tsx'
import { useSignedInUser } from '../../features/auth/index.ts'
import { SongSearch } from '../../features/search/index.ts'

export function SongsPage() {
  const { data: user } = useSignedInUser()
  return (
    <>
      <h1 className="visually-hidden">Songs</h1>
      <SongSearch action={user && <ButtonLink to="/songs/new">New song</ButtonLink>} />
    </>
  )
}
