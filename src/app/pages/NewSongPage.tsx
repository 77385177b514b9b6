import { Navigate, useNavigate } from 'react-router'
import { BackLink } from '../../components/BackLink.tsx'
import { useSignedInUser } from '../../features/auth/index.ts'
import { NewSong } from '../../features/songs/index.ts'
import styles from './FormPage.module.css'

export function NewSongPage() {
  const navigate = useNavigate()
  const { data: user, isPending } = useSignedInUser()
  if (isPending) return null
  if (!user) return <Navigate to={`/sign-in?${new URLSearchParams({ next: '/songs/new' })}`} replace />
  return (
    <>
      <title>New song – HSA Songbook</title>
      <BackLink to="/">All songs</BackLink>
      <h1 className={styles.heading}>New song</h1>
      <NewSong
        onAdded={(id, hasMore) => void navigate(`/songs/${id}${hasMore ? '/edit' : ''}`, { replace: true })}
      />
    </>
  )
}
