import type { AuthError } from '@supabase/supabase-js'
import { ServiceError } from '../../../lib/ServiceError.ts'
import { getSupabase } from '../../../lib/supabase.ts'
import { unwrap } from '../../../lib/unwrap.ts'
import type { Role, SignedInUser } from '../types.ts'
import { type StoredUser, storedUser } from './storedUser.ts'

function signedInUser(user: StoredUser): SignedInUser {
  const email = user.email ?? ''
  const { name } = user.user_metadata
  return { id: user.id, email, name: typeof name === 'string' && name.trim() ? name : email }
}

function authFailure(doing: string, error: AuthError): ServiceError {
  return new ServiceError(`Could not ${doing}: ${error.message}`, {
    status: error.status ?? 0,
    code: error.code,
    cause: error,
  })
}

/** Whose session is stored, at once; undefined when none is. */
export function userAtHand(): SignedInUser | undefined {
  const stored = storedUser()
  return stored ? signedInUser(stored) : undefined
}

/** Who is signed in, from the stored session. */
export async function fetchSignedInUser(): Promise<SignedInUser | null> {
  // First the storage: supabase-js answers once it has renewed a token that has run out, half a minute long without a
  // connection.
  const stored = userAtHand()
  if (stored) return stored
  const { data } = await getSupabase().auth.getSession()
  return whoseIs(data.session)
}

/** A token that could not be renewed just now ends no session: only what removes it from the storage does. */
function whoseIs(session: { user: StoredUser } | null): SignedInUser | null {
  const user = session?.user ?? storedUser()
  return user && signedInUser(user)
}

/** Calls back at once and whenever somebody signs in or out, in this tab or another one. Returns how to stop. */
export function watchSignedInUser(changed: (user: SignedInUser | null) => void): () => void {
  const { data } = getSupabase().auth.onAuthStateChange((_event, session) => {
    changed(whoseIs(session))
  })
  return () => data.subscription.unsubscribe()
}

/** @throws ServiceError with the auth server's code; its status is 0 when nobody answered */
export async function signIn(credentials: { email: string; password: string }): Promise<SignedInUser> {
  const { data, error } = await getSupabase().auth.signInWithPassword(credentials)
  if (error) throw authFailure('sign in', error)
  return signedInUser(data.user)
}

/**
 * Ends the session of this browser, whatever the server says: supabase-js forgets it first.
 * @throws ServiceError when the server did not hear of it
 */
export async function signOut(): Promise<void> {
  // Only this browser: signing out on the music stand's tablet must not end the session on the phone.
  const { error } = await getSupabase().auth.signOut({ scope: 'local' })
  if (error) throw authFailure('sign out', error)
}

/** All roles of a person, in no order; few have one. @throws ServiceError */
export async function fetchRoles(userId: string, signal: AbortSignal): Promise<Role[]> {
  const response = await getSupabase()
    .from('user_roles')
    .select('role')
    .eq('user_id', userId)
    .abortSignal(signal)
  return unwrap('read your roles', response).map((row) => row.role)
}
