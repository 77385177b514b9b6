import { expect, test } from 'vitest'
import { MigrationFailure } from '../../../migration/migrationFailure.ts'
import { explainFailure } from './explainFailure.ts'

const failed = (code: ConstructorParameters<typeof MigrationFailure>[0]) =>
  explainFailure(new MigrationFailure(code, 'It failed.', { advice: 'Set the key.' }))

test('whoever sits at the page has no key to set: she is told of her session and her connection', () => {
  expect(failed('forbidden')).toMatch(/^Only an admin may do this.*Sign in again\.$/)
  expect(failed('unauthorized')).toBe('The session is over. Sign in again; nothing was changed.')
  expect(failed('unreachable')).toMatch(/^The server does not answer\. What is committed is safe/)
})

test('everything else is told as it is', () => {
  expect(failed('database')).toBe('It failed. Set the key.')
  expect(explainFailure(new TypeError('Broken.'))).toBe('Broken.')
  expect(explainFailure('Thrown.')).toBe('Thrown.')
})
