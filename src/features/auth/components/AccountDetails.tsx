import { Link } from 'react-router'
import { Button } from '../../../components/Button.tsx'
import { useSignOut } from '../queries/useSignOut.ts'
import { roleLabel } from '../roleLabel.ts'
import type { Role, SignedInUser } from '../types.ts'
import styles from './AccountDetails.module.css'

type Props = {
  user: SignedInUser
  /** undefined while it is not known. */
  role: Role | null | undefined
}

export function AccountDetails({ user, role }: Props) {
  const signOut = useSignOut()
  return (
    <div className={styles.details}>
      <div>
        <p className={styles.name}>{user.name}</p>
        {user.email !== user.name && <p className={styles.quiet}>{user.email}</p>}
        <p className={styles.quiet}>{role === undefined ? 'Role not known yet' : roleLabel(role)}</p>
      </div>
      {role === 'admin' && (
        <Link to="/admin" className={styles.link}>
          Admin console
        </Link>
      )}
      {role === 'moderator' && (
        <Link to="/admin" className={styles.link}>
          Moderate tags
        </Link>
      )}
      <Button busy={signOut.isPending} onClick={() => signOut.mutate()}>
        {signOut.isPending ? 'Signing out…' : 'Sign out'}
      </Button>
    </div>
  )
}
