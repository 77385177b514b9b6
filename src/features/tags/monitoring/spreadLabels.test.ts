import { expect, test } from 'vitest'
import { spreadLabels } from './spreadLabels.ts'

test.each([
  ['far from each other stay', [10, 80, 40], [10, 80, 40]],
  ['that are too close are moved apart', [40, 42, 41], [40, 68, 54]],
  ['at the bottom go up', [100, 99, 98], [100, 86, 72]],
  ['outside come in', [-20], [0]],
])('labels %s', (_, wanted, placed) => {
  expect(spreadLabels(wanted, 14, 0, 100)).toEqual(placed)
})
