import { expect, test } from 'vitest'
import { prettyKey } from './prettyKey.ts'

test.each([
  ['C', 'C'],
  ['Bb', 'B♭'],
  ['Ebm', 'E♭m'],
  ['F#m', 'F♯m'],
])('%s is printed as %s', (key, printed) => {
  expect(prettyKey(key)).toBe(printed)
})
