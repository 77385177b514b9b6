import { expect, test } from 'vitest'
import { roundAbove } from './chartLines.ts'

test.each([
  [0, 1],
  [0.02, 0.02],
  [0.83, 1],
  [101, 200],
  [210, 250],
  [640, 1000],
])('%d fits under %d', (most, end) => {
  expect(roundAbove(most)).toBeCloseTo(end)
})
