import { Link } from 'react-router'
import { Menu } from '../../../components/Menu.tsx'
import { useRole } from '../queries/roles.ts'
import { useSignedInUser } from '../queries/signedInUser.ts'
import { roleLabel } from '../roleLabel.ts'
import styles from './Account.module.css'
import { AccountDetails } from './AccountDetails.tsx'

type Props = {
  /** The sign-in page's address, with the way back. */
  signInTo: string
}

/** The header's corner: sign in, or who is signed in. */
export function Account({ signInTo }: Props) {
  const { data: user } = useSignedInUser()
  const role = useRole()

  if (!user) {
    return (
      <Link className={styles.signIn} to={signInTo}>
        Sign in
      </Link>
    )
  }
  return (
    <Menu
      label={`Account of ${user.name}`}
      button={
        <>
          <span className={styles.initial} aria-hidden="true">
            {Array.from(user.name)[0]?.toUpperCase()}
          </span>
          <span className={styles.who} aria-hidden="true">
            <span className={styles.name}>{user.name}</span>
            <span className={styles.role}>{role.data === undefined ? '\u00a0' : roleLabel(role.data)}</span>
          </span>
        </>
      }
    >
      <AccountDetails user={user} role={role.data} />
    </Menu>
  )
}
