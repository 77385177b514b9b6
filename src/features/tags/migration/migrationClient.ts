import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import type { Database } from '../../../lib/database.types.ts'

export type MigrationClient = SupabaseClient<Database>

/**
 * A client for the engine: no session, and Retry-After carried into the error, where supabase-js shows it.
 * @param key the project's secret key; anything less is refused by the database.
 * @param accessToken of a person, in whose name the publishable key then calls
 */
export function createMigrationClient(
  url: string,
  key: string,
  fetchImplementation: typeof fetch = fetch,
  accessToken?: () => Promise<string | null>,
): MigrationClient {
  return createClient<Database>(url, key, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    ...(accessToken ? { accessToken } : {}),
    // Repeating is retry.ts's: supabase-js would repeat reads by itself, uncounted, uncapped and deaf to the signal.
    db: { retry: false },
    global: { fetch: carryingRetryAfter(stayingHere(fetchImplementation)) },
  })
}

/** The code of an answer that would have sent the request elsewhere. */
export const REDIRECTED = 'REDIRECTED'

/**
 * Follows no redirect: a browser's rules take the Authorization header off on the way to another host, and leave the
 * one that the secret key also travels in. `redirect: 'error'` would do, too, but look like a server that is down.
 */
function stayingHere(fetchImplementation: typeof fetch): typeof fetch {
  return async (input, init) => {
    const response = await fetchImplementation(input, { ...init, redirect: 'manual' })
    // A browser gives it without its status.
    const isRedirect = response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)
    if (!isRedirect) return response
    await response.body?.cancel()
    return Response.json({ code: REDIRECTED, message: 'Redirected.' }, { status: 421 })
  }
}

/**
 * supabase-js gives a failed response's body but not its headers; Retry-After therefore travels as the body's hint.
 * It also takes a 404 without a body for an empty answer, which is how a wrong address answers.
 */
function carryingRetryAfter(fetchImplementation: typeof fetch): typeof fetch {
  return async (input, init) => {
    const response = await fetchImplementation(input, init)
    const retryAfter = response.headers.get('retry-after')
    if (response.ok || (retryAfter === null && response.status !== 404)) return response
    const message = await response.text()
    const body =
      retryAfter === null && message !== ''
        ? message
        : JSON.stringify({ code: `HTTP${response.status}`, message, hint: retryAfter })
    return new Response(body, { status: response.status, headers: { 'content-type': 'application/json' } })
  }
}

/** @returns milliseconds, from seconds or an HTTP date; undefined when it is neither. */
export function parseRetryAfter(
  value: string | null | undefined,
  now: number = Date.now(),
): number | undefined {
  if (value === null || value === undefined || value.trim() === '') return undefined
  const seconds = Number(value)
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000)
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
