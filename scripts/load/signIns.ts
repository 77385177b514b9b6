import { randomBytes } from 'node:crypto'
import { createClient, isAuthApiError } from '@supabase/supabase-js'
import type { Database } from '../../src/lib/database.types.ts'
import { grantRole } from '../admin/roles.ts'
import type { Client } from './calls.ts'

/** Somebody who can sign in. */
export interface SignIn {
  email: string
  password: string
  mayEdit: boolean
}

export interface LoadTarget {
  apiUrl: string
  publishableKey: string
  secretKey: string
}

const AT_ONCE = 4

/** With the secret key. */
export function serviceClient({ apiUrl, secretKey }: LoadTarget): Client {
  return createClient<Database>(apiUrl, secretKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  })
}

/**
 * Signs people up, with a password that nobody else knows; every third only reads.
 * @throws AuthError when the target takes no sign-ups, or wants addresses confirmed
 */
export async function signUpPeople(target: LoadTarget, people: number): Promise<SignIn[]> {
  const service = serviceClient(target)
  const run = randomBytes(4).toString('hex')
  const password = randomBytes(18).toString('base64url')
  const all = Array.from({ length: people }, (_, place) => {
    return { email: `load-${run}-${place}@songbook.test`, password, mayEdit: place % 3 !== 2 }
  })
  const waiting = [...all]
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await signUp(target, service, next)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return all
}

async function signUp(target: LoadTarget, service: Client, { email, password, mayEdit }: SignIn) {
  const { auth } = createClient(target.apiUrl, target.publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  })
  const { error } = await auth.signUp({ email, password })
  if (error && !(isAuthApiError(error) && error.code === 'user_already_exists')) throw error
  if (mayEdit) await grantRole(service, email, 'editor')
}
