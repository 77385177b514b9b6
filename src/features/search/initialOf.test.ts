import { expect, test } from 'vitest'
import { initialOf } from './initialOf.ts'

test.each([
  ['Abide with me', 'A'],
  ['éternel', 'E'],
  ['“Come”, he said', 'C'],
  ['10,000 reasons', '#'],
  ['Господи', 'Г'],
  ['🎵', '#'],
])('%s is filed under %s', (title, initial) => {
  expect(initialOf(title)).toBe(initial)
})
