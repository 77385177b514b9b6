import { expect, test } from 'vitest'
import { ServiceError } from '../../lib/ServiceError.ts'
import { moderationProblem } from './moderationProblem.ts'

const problem = (status: number, code?: string) =>
  moderationProblem(new ServiceError('No.', { status, code, cause: undefined }))

test('whoever moderates is told what is wrong, and whether anything was changed', () => {
  expect(problem(0)).toMatch(/did not answer.*look whether it was done/)
  expect(problem(401)).toBe('You are no longer signed in. Sign in again; nothing was changed.')
  expect(problem(403, '42501')).toBe('You may not do this any more. Nothing was changed.')
  expect(problem(404)).toMatch(/^The tag is no longer in the songbook/)
  expect(problem(409, '23505')).toMatch(/^Another tag has this name or synonym already/)
  expect(problem(409, 'PT409')).toMatch(/^Somebody has changed the tag meanwhile/)
  expect(problem(400, '23514')).toMatch(/a name has 1 to 50 letters/)
  expect(problem(500, 'XX000')).toBe(
    'The server could not do it (XX000). Nothing was changed: try again in a minute.',
  )
  expect(problem(503)).toMatch(/could not do it \(503\)/)
  expect(moderationProblem(new TypeError('Broken.'))).toMatch(/^Something unexpected went wrong/)
})
