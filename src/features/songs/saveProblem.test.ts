import { expect, test } from 'vitest'
import { ServiceError } from '../../lib/ServiceError.ts'
import { saveProblem } from './saveProblem.ts'

const failure = (status: number, code?: string) =>
  new ServiceError('technical words', { status, code, cause: undefined })

test.each([
  [failure(0), 'did not answer'],
  [failure(401), 'no longer signed in'],
  [failure(401, 'PGRST303'), 'still here'],
  [failure(403, '42501'), 'somebody else’s'],
  [failure(404, 'PT404'), 'no longer in the songbook'],
  [failure(409, 'PT409'), 'has been edited since'],
  [failure(409, '23503'), 'no longer in the songbook'],
  [failure(400, '23514'), 'at most ten new tags'],
  [failure(500, 'XX000'), 'XX000'],
  [new Error('technical words'), 'unexpected'],
])('%# is told in words that help', (error, words) => {
  expect(saveProblem(error)).toContain(words)
  expect(saveProblem(error)).not.toContain('technical words')
})
