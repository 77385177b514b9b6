import { expect, test } from 'vitest'
import { estimateBytes } from './estimateBytes.ts'

test('text, numbers, nothing, objects and lists are counted', () => {
  expect(estimateBytes('Advent')).toBe(28)
  expect([1, true, null, undefined].map(estimateBytes)).toEqual([8, 8, 8, 8])
  expect(estimateBytes({ name: 'Advent', usage: 3 })).toBe(24 + 8 + 28 + 8 + 8)
  expect(estimateBytes(['a', 'b'])).toBe(16 + 2 * (8 + 18))
  expect(estimateBytes([])).toBe(16)
})

test('a long list is estimated from some of its elements', () => {
  const tags = Array.from({ length: 5000 }, (_, n) => ({ name: `Tag ${1000 + n}`, usage: n }))
  expect(estimateBytes(tags)).toBe(16 + 5000 * (8 + 24 + 8 + 32 + 8 + 8))
  // Not from the first of them alone.
  expect(estimateBytes(Array.from({ length: 1280 }, (_, n) => (n < 640 ? 1 : 'x'.repeat(100))))).toBe(
    16 + 640 * (8 + 8) + 640 * (8 + 216),
  )
})
