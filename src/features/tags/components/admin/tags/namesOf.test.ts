import { expect, test } from 'vitest'
import { namesOf } from './namesOf.ts'

test.each([
  [['A'], '“A”'],
  [['A', 'B'], '“A” and “B”'],
  [['A', 'B', 'C'], '“A”, “B” and “C”'],
  [['A', 'B', 'C', 'D', 'E'], '“A”, “B”, “C” and 2 more'],
])('%j are said as %s', (names, words) => {
  expect(namesOf(names.map((name) => ({ name })))).toBe(words)
})
