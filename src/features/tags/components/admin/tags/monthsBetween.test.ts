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

test('a single month is seen in its year, and many are not cut', () => {
  const year = monthsBetween([{ month: '2026-02', songs: 3 }], 12)
  expect(year).toHaveLength(12)
  expect(year[0]).toEqual({ month: '2025-03', songs: 0 })
  expect(year.at(-1)).toEqual({ month: '2026-02', songs: 3 })
  const two = [
    { month: '2024-11', songs: 4 },
    { month: '2026-02', songs: 1 },
  ]
  expect(monthsBetween(two, 12)).toHaveLength(16)
})

test('nothing is between none', () => {
  expect(monthsBetween([], 12)).toEqual([])
})
