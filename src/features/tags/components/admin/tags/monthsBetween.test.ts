import { expect, test } from 'vitest'
import { monthsBetween } from './monthsBetween.ts'

test('no month is left out, over the turn of a year', () => {
  expect(
    monthsBetween([
      { month: '2025-11', songs: 4 },
      { month: '2026-02', songs: 1 },
    ]),
  ).toEqual([
    { month: '2025-11', songs: 4 },
    { month: '2025-12', songs: 0 },
    { month: '2026-01', songs: 0 },
    { month: '2026-02', songs: 1 },
  ])
})

test('nothing is between none', () => {
  expect(monthsBetween([])).toEqual([])
})
