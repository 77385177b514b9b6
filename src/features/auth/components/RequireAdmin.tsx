import type { ReactNode } from 'react'
import { Navigate } from 'react-router'
import { useRole } from '../queries/roles.ts'
import { useSignedInUser } from '../queries/signedInUser.ts'
import { NoAdmin } from './NoAdmin.tsx'

type Props = {
  /** The sign-in page's address, with the way back. */
  signInTo: string
  /** Where tags are moderated, moderators are meant, too. */
  moderatorsToo?: boolean
  children: ReactNode
}

/**
 * Shows a page to those whom it is for, and tells everybody else. It only spares them a page of refusals: whether a call is
 * answered, the database decides.
 */
export function RequireAdmin({ signInTo, moderatorsToo = false, children }: Props) {
  const { data: user, isPending } = useSignedInUser()
  const role = useRole()
  if (isPending) return null
  if (!user) return <Navigate to={signInTo} replace />
  const isMeant = role.data === 'admin' || (moderatorsToo && role.data === 'moderator')
  return isMeant ? children : <NoAdmin role={role} moderatorsToo={moderatorsToo} />
}
