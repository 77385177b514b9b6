import { isSessionRefusal } from '../../lib/isSessionRefusal.ts'
import { ServiceError } from '../../lib/ServiceError.ts'

/** What went wrong while a song was saved or tagged, what is safe and what to do next, as a person reads it. */
export function saveProblem(error: unknown): string {
  if (!(error instanceof ServiceError)) {
    return 'Something unexpected went wrong. What you wrote is still here: try again.'
  }
  if (error.status === 0) {
    return 'The songbook’s server did not answer. What you wrote is still here: check your connection and try again.'
  }
  if (isSessionRefusal(error)) {
    return 'The server did not accept your session. What you wrote is still here: try again in a minute.'
  }
  if (error.status === 401) return 'You are no longer signed in. Sign in again, then save.'
  if (error.code === '42501') {
    return 'You may not do this: the song is somebody else’s, or one of the tags is banned. Nothing was changed.'
  }
  if (error.status === 404) return 'This song is no longer in the songbook. Copy what you want to keep.'
  if (error.code === 'PT409') {
    return 'This song was added before, and has been edited since. Find it in the songbook, and copy what is missing.'
  }
  if (error.code === '23503') {
    return 'One of the tags is no longer in the songbook. Take it away and save again. Nothing was changed.'
  }
  if (error.code === '23514') {
    return 'The songbook does not take this: at most ten new tags at once, and names of 50 letters. Nothing was changed.'
  }
  return `The server could not save it (${error.code ?? error.status}). What you wrote is still here: try again in a minute.`
}
