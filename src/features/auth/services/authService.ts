import type { AuthError, User } from '@supabase/supabase-js'
import { ServiceError } from '../../../lib/ServiceError.ts'
import { getSupabase } from '../../../lib/supabase.ts'
import { unwrap } from '../../../lib/unwrap.ts'
import type { Role, SignedInUser } from '../types.ts'

function signedInUser(user: User): SignedInUser {
  const email = user.email ?? ''
  const name: unknown = user.user_metadata.name
  return { id: user.id, email, name: typeof name === 'string' && name.trim() ? name : email }
}

function authFailure(doing: string, error: AuthError): ServiceError {
  return new ServiceError(`Could not ${doing}: ${error.message}`, {
    status: error.status ?? 0,
    code: error.code,
    cause: error,
  })
}

/** Who is signed in, from the stored session. */
export async function fetchSignedInUser(): Promise<SignedInUser | null> {
  const { data, error } = await getSupabase().auth.getSession()
  if (error) throw authFailure('read the session', error)
  return data.session ? signedInUser(data.session.user) : null
}

/** Calls back at once and whenever somebody signs in or out, in this tab or another one. Returns how to stop. */
export function watchSignedInUser(changed: (user: SignedInUser | null) => void): () => void {
  const { data } = getSupabase().auth.onAuthStateChange((_event, session) => {
    changed(session ? signedInUser(session.user) : null)
  })
  return () => data.subscription.unsubscribe()
}

export async function signIn(credentials: { email: string; password: string }): Promise<SignedInUser> {
  const { data, error } = await getSupabase().auth.signInWithPassword(credentials)
  if (error) throw authFailure('sign in', error)
  return signedInUser(data.user)
}

export async function signOut(): Promise<void> {
  // Only this browser: signing out on the music stand's tablet must not end the session on the phone.
  const { error } = await getSupabase().auth.signOut({ scope: 'local' })
  if (error) throw authFailure('sign out', error)
}

export async function fetchRoles(userId: string, signal: AbortSignal): Promise<Role[]> {
  const response = await getSupabase()
    .from('user_roles')
    .select('role')
    .eq('user_id', userId)
    .abortSignal(signal)
  return unwrap('read your roles', response).map((row) => row.role)
}
