import { Navigate, useSearchParams } from 'react-router'
import { SignInForm, safeNext, useSignedInUser } from '../../features/auth/index.ts'
import styles from './SignInPage.module.css'

export function SignInPage() {
  const [params] = useSearchParams()
  const { data: user, isPending } = useSignedInUser()
  // Somebody with a session is sent on at once, also one who has just signed in or did so in another tab.
  if (user) return <Navigate to={safeNext(params.get('next'))} replace />
  if (isPending) return null
  return (
    <div className={styles.page}>
      <title>Sign in – HSA Songbook</title>
      <h1 className={styles.heading}>Sign in</h1>
      <p className={styles.why}>Everyone can read the songs. Sign in to edit them.</p>
      <SignInForm />
    </div>
  )
}
