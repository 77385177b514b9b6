import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import * as z from 'zod/mini'
import type { Database } from './database.types.ts'
import { validEnv } from './env.ts'
import { isSessionRefusal } from './isSessionRefusal.ts'
import { mayPass } from './mayPass.ts'

let client: SupabaseClient<Database> | undefined

/** A name of our own: the default one is made from the host name, which every app on this machine shares. */
export const SESSION_KEY = 'songbook-session'

/**
 * The app's one Supabase client. Made on first use, so that importing a service needs neither a configuration nor a
 * browser.
 *
 * @throws Error when the configuration is invalid; main.tsx shows that case before anything asks for the client.
 */
export function getSupabase(): SupabaseClient<Database> {
  if (client) return client
  const { VITE_SUPABASE_URL: url, VITE_SUPABASE_PUBLISHABLE_KEY: key } = validEnv()
  client = createClient<Database>(url, key, {
    auth: { storageKey: SESSION_KEY },
    global: { fetch: fetchAndMindSession },
  })
  return client
}

const failureSchema = z.object({ code: z.string() })

/** The token that was given for one that the API had refused. */
let renewed: string | undefined

/** A session that the API no longer accepts would fail every call from now on, also those that anybody may make. */
async function fetchAndMindSession(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request)
  if (response.status === 401) {
    const failure = failureSchema.safeParse(
      await response
        .clone()
        .json()
        .catch(() => undefined),
    )
    if (isSessionRefusal({ status: 401, code: failure.data?.code })) await renewSession(request)
  }
  return response
}

/** The token may only have run out, on a device whose clock is slow: that must not cost anybody an unsaved form. */
async function renewSession([input, init]: Parameters<typeof fetch>): Promise<void> {
  const refused = new Request(input, init).headers.get('authorization')
  if (refused !== `Bearer ${renewed}`) {
    const answer = await client?.auth.refreshSession()
    renewed = answer?.data.session?.access_token
    if (renewed !== undefined) return
    // Whether it could have been renewed nobody has said: the next call asks again.
    if (answer?.error?.status !== undefined && mayPass(answer.error.status)) return
  }
  // scope local: there is nothing to end on the server, which does not know the session.
  await client?.auth.signOut({ scope: 'local' })
}
