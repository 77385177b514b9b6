import { ServiceError } from '../../lib/ServiceError.ts'

/** What went wrong while signing in, and what to do next, as a person reads it. */
export function signInProblem(error: unknown): string {
  if (!(error instanceof ServiceError))
    return 'Something unexpected went wrong. Load the page again, then try once more.'
  if (error.code === 'invalid_credentials') {
    return 'This email and password do not belong together. Check both and try again; a password is case-sensitive.'
  }
  if (error.code === 'email_not_confirmed') {
    return 'This email is not confirmed yet. Open the link in the message that we sent you, then sign in.'
  }
  if (error.code === 'user_banned') return 'This account is locked. Ask the admin of your songbook.'
  if (error.status === 429) return 'There were too many attempts. Wait a minute, then try again.'
  if (error.status === 0) {
    return 'The songbook’s server did not answer. Check your connection and try again; nothing was changed.'
  }
  return `The server could not sign you in (${error.code ?? error.status}). Try again in a minute.`
}
