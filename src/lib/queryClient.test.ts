import { expect, test } from 'vitest'
import { shouldRetry } from './queryClient.ts'
import { ServiceError } from './ServiceError.ts'

function failure(status: number, code?: string) {
  return new ServiceError('Could not read the songs', { status, code, cause: undefined })
}

test.each([0, 408, 429, 500, 503])('status %i is tried three times in all', (status) => {
  expect(shouldRetry(1, failure(status))).toBe(true)
  expect(shouldRetry(2, failure(status))).toBe(false)
})

test.each([400, 403, 404])('status %i will not pass by itself', (status) => {
  expect(shouldRetry(0, failure(status))).toBe(false)
})

test('a refused session is tried once more, without it', () => {
  expect(shouldRetry(0, failure(401, 'PGRST301'))).toBe(true)
  expect(shouldRetry(1, failure(401, 'PGRST301'))).toBe(false)
  expect(shouldRetry(0, failure(401, '42501'))).toBe(false)
})

test('a mistake of our own is not tried again', () => {
  expect(shouldRetry(0, new TypeError('boom'))).toBe(false)
})
