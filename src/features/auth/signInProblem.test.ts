import { expect, test } from 'vitest'
import { ServiceError } from '../../lib/ServiceError.ts'
import { signInProblem } from './signInProblem.ts'

function failure(status: number, code?: string) {
  return new ServiceError('Could not sign in', { status, code, cause: undefined })
}

test.each([
  [failure(400, 'invalid_credentials'), /do not belong together/],
  [failure(400, 'email_not_confirmed'), /Open the link/],
  [failure(403, 'user_banned'), /Ask the admin/],
  [failure(429, 'over_request_rate_limit'), /Wait a minute/],
  [failure(0), /did not answer/],
  [failure(500, 'unexpected_failure'), /unexpected_failure/],
  [failure(502), /502/],
  [new TypeError('boom'), /Load the page again/],
])('%s is explained with what to do next', (error, words) => {
  expect(signInProblem(error)).toMatch(words)
})
