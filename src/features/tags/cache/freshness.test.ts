import { expect, test } from 'vitest'
import { freshness } from './freshness.ts'

const WRITTEN = 1_000_000
const after = (ms: number) => freshness({ timestamp: WRITTEN }, { ttl: 100, grace: 50 }, WRITTEN + ms)

test('an entry is fresh, then stale, then expired', () => {
  expect([0, 99].map(after)).toEqual(['fresh', 'fresh'])
  expect([100, 149].map(after)).toEqual(['stale', 'stale'])
  expect([150, 1e9].map(after)).toEqual(['expired', 'expired'])
})

test('of an entry from the future, by more than clocks differ by, nobody knows the age', () => {
  expect([-1, -1000].map(after)).toEqual(['fresh', 'fresh'])
  expect(after(-1001)).toBe('unknowable')
})
