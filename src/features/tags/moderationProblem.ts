import { ServiceError } from '../../lib/ServiceError.ts'

/** What went wrong while tags were moderated, what is safe and what to do next, as a person reads it. */
export function moderationProblem(error: unknown): string {
  if (!(error instanceof ServiceError)) {
    return 'Something unexpected went wrong. Load the page again, then look whether it was done.'
  }
  if (error.status === 0) {
    return 'The songbook’s server did not answer. Check your connection, then look whether it was done before you try again.'
  }
  if (error.status === 401) return 'You are no longer signed in. Sign in again; nothing was changed.'
  if (error.code === '42501') return 'You may not do this any more. Nothing was changed.'
  if (error.status === 404) return 'The tag is no longer in the songbook. Nothing was changed.'
  if (error.code === '23505') {
    return 'Another tag has this name or synonym already. Choose another one, or merge the two. Nothing was changed.'
  }
  if (error.status === 409) {
    return 'Somebody has changed the tag meanwhile, so nothing was changed now. The page shows it as it is.'
  }
  if (error.code === '23514') {
    return 'The songbook does not take this: a name has 1 to 50 letters, and a tag that is merged already stays as it is. Nothing was changed.'
  }
  return `The server could not do it (${error.code ?? error.status}). Nothing was changed: try again in a minute.`
}
