import { expect, test } from 'vitest'
import { titlePattern } from './titlePattern.ts'

test.each([
  ['grace', '%grace%'],
  ['100%', '%100\\%%'],
  ['a_b', '%a\\_b%'],
  ['back\\slash', '%back\\\\slash%'],
  ['star*', '%star_%'],
])('%s is looked for as %s', (text, pattern) => {
  expect(titlePattern(text)).toBe(pattern)
})
