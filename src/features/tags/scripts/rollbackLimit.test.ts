import { expect, test } from 'vitest'
import { rollbackLimit } from './rollbackLimit.ts'

test.each([
  ['0', { batch: 0 }],
  ['412', { batch: 412 }],
  ['2026-11-22T17:14:33Z', { time: '2026-11-22T17:14:33Z' }],
  ['2026-11-22t17:14:33.123456z', { time: '2026-11-22T17:14:33.123456Z' }],
  ['2026-11-22T17:14', { time: '2026-11-22T17:14Z' }],
  // As the commands print it.
  ['2026-11-22 17:14', { time: '2026-11-22T17:14Z' }],
  ['2026-11-22T17:14:33+02:00', { time: '2026-11-22T17:14:33+02:00' }],
])('%s names what is to stay', (text, limit) => {
  expect(rollbackLimit(text)).toEqual(limit)
})

test.each([
  '',
  '-1',
  '1.5',
  'yesterday',
  '2026-11-22',
  '2026-13-01T00:00',
  '17:14',
  '1e3',
  '2026-11-22T25:00',
])('%j is refused', (text) => {
  expect(() => rollbackLimit(text)).toThrow(/the number of a batch or a time/)
})
