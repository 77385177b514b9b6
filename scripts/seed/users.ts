import { createClient, isAuthApiError } from '@supabase/supabase-js'
import type { Database } from '../../src/lib/database.types.ts'
import { grantRole, type Role } from '../admin/roles.ts'
import { isLoopback } from './isLoopback.ts'

/** Where people sign in, and the key that may grant them roles. */
export interface UsersTarget {
  apiUrl: string
  publishableKey: string
  secretKey: string
  /** For an API without a network of its own. */
  fetch?: typeof fetch
}

/** A sign-in to try the songbook with. */
export interface DemoUser {
  email: string
  password: string
  /** null: somebody who is only signed in. */
  role: Role | null
}

/** Printed by the demo and worth nothing: `seedUsers` refuses every host but this machine. */
const DEMO_PASSWORD = 'sing-a-new-song'

const DEMO_USERS: readonly Omit<DemoUser, 'password'>[] = [
  { email: 'admin@songbook.test', role: 'admin' },
  { email: 'editor@songbook.test', role: 'editor' },
  { email: 'leader@songbook.test', role: null },
]

/**
 * Makes the demo sign-ins with their roles; those that are there already are kept.
 * @returns All of them, with the password to sign in with.
 * @throws Error when the API is not on this machine, or a sign-in exists with another password.
 */
export async function seedUsers(target: UsersTarget): Promise<DemoUser[]> {
  const { hostname } = new URL(target.apiUrl)
  if (!target.fetch && !isLoopback(hostname)) {
    throw new Error(`Demo sign-ins have a public password: they are never made on ${hostname}.`)
  }
  const options = clientOptions(target)
  const service = createClient<Database>(target.apiUrl, target.secretKey, options)
  const users: DemoUser[] = []
  for (const { email, role } of DEMO_USERS) {
    await ensureSignIn(target, email)
    if (role) await grantRole(service, email, role)
    users.push({ email, role, password: DEMO_PASSWORD })
  }
  return users
}

async function ensureSignIn(target: UsersTarget, email: string): Promise<void> {
  // A client of its own: signing up leaves a client signed in.
  const { auth } = createClient(target.apiUrl, target.publishableKey, clientOptions(target))
  const signUp = await auth.signUp({ email, password: DEMO_PASSWORD })
  if (!signUp.error) return
  if (!isAuthApiError(signUp.error) || signUp.error.code !== 'user_already_exists') throw signUp.error
  const signIn = await auth.signInWithPassword({ email, password: DEMO_PASSWORD })
  if (signIn.error) {
    throw new Error(`${email} is signed up already, with another password.`, { cause: signIn.error })
  }
}

function clientOptions(target: UsersTarget) {
  return {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    ...(target.fetch ? { global: { fetch: target.fetch } } : {}),
  }
}
