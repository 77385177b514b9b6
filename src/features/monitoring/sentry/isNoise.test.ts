import type { ErrorEvent } from '@sentry/react'
import { expect, test } from 'vitest'
import { isNoise } from './isNoise.ts'

function eventOf(type: string, value: string): ErrorEvent {
  return { type: undefined, exception: { values: [{ type, value }] } }
}

test.each([
  ['AbortError', 'The user aborted a request.'],
  ['Error', 'AbortError: signal is aborted without reason'],
  ['TypeError', 'Failed to fetch'],
  ['Error', 'TypeError: Failed to fetch (songbook.example)'],
  ['TypeError', 'NetworkError when attempting to fetch resource.'],
  ['TypeError', 'Load failed'],
  ['AuthRetryableFetchError', 'Failed'],
])('%s: %s is dropped', (type, value) => {
  expect(isNoise(eventOf(type, value), {})).toBe(true)
})

test.each(['PT409', 'invalid_credentials', '42501'])('the answer %s is dropped', (code) => {
  const originalException = Object.assign(new Error('refused'), { code })
  expect(isNoise(eventOf('Error', 'refused'), { originalException })).toBe(true)
})

test.each([
  ['TypeError', 'x is not a function'],
  ['Error', 'The request was called off by AbortError'],
])('%s: %s is kept', (type, value) => {
  expect(isNoise(eventOf(type, value), { originalException: new TypeError(value) })).toBe(false)
})

test('a broken database is kept', () => {
  const originalException = Object.assign(new Error('no'), { code: '57014' })
  expect(isNoise(eventOf('Error', 'no'), { originalException })).toBe(false)
})
