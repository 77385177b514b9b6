import { AuthApiError, type AuthError, AuthRetryableFetchError } from '@supabase/supabase-js'

type Options = { url: string; headers: Record<string, string>; fetch?: typeof fetch }

/**
 * Stands in for auth-js's calls for admins (vite.config.ts), which take the secret key. Its client makes one at start, and ends
 * sessions through it: that is all that is left.
 */
export default class WithoutAuthAdmin {
  readonly #options: Options

  constructor(options: Options) {
    this.#options = options
  }

  /** Ends what this token belongs to on the server: `local` its own session alone. */
  async signOut(token: string, scope: string): Promise<{ data: null; error: AuthError | null }> {
    const { url, headers, fetch: ask = fetch } = this.#options
    try {
      const { ok, status } = await ask(`${url}/logout?scope=${scope}`, {
        method: 'POST',
        headers: { ...headers, Authorization: `Bearer ${token}` },
      })
      return {
        data: null,
        error: ok ? null : new AuthApiError('The session was not ended.', status, undefined),
      }
    } catch {
      return { data: null, error: new AuthRetryableFetchError('Nobody answers.', 0) }
    }
  }
}
