import { beforeEach, expect, test, vi } from 'vitest'
import { ServiceError } from '../../lib/ServiceError.ts'
import { outcomeOf } from './outcomeOf.ts'

const failure = (status: number) => new ServiceError('no', { status, code: undefined, cause: undefined })

beforeEach(() => vi.stubGlobal('navigator', { onLine: true }))

test.each([
  [400, 'answered'],
  [403, 'answered'],
  [409, 'answered'],
  [0, 'failed'],
  [408, 'failed'],
  [429, 'failed'],
  [500, 'failed'],
])('status %d: %s', (status, outcome) => {
  expect(outcomeOf(failure(status))).toBe(outcome)
  expect(outcomeOf(new Error('a conflict', { cause: failure(status) }))).toBe(outcome)
})

test('what was called off is no failure, whoever words it', () => {
  expect(outcomeOf(failure(0), AbortSignal.abort())).toBe('called-off')
  expect(outcomeOf(new DOMException('gone', 'AbortError'))).toBe('called-off')
})

test('nor is what was asked without a network', () => {
  vi.stubGlobal('navigator', { onLine: false })
  expect(outcomeOf(failure(0))).toBe('called-off')
})

test('what is thrown by mistake is one', () => {
  expect(outcomeOf(new TypeError('x is not a function'))).toBe('failed')
  expect(outcomeOf('thrown')).toBe('failed')
})
