import { expect, it } from 'vitest'
import { count, countOf, duration, fileSize, roughly } from './numbers.ts'

it('writes numbers, durations and sizes as people read them', () => {
  expect(count(9412)).toBe('9,412')
  expect([countOf(1, 'song'), countOf(0, 'song'), countOf(2, 'retry', 'retries')]).toEqual([
    '1 song',
    '0 songs',
    '2 retries',
  ])
  expect([50, 8_140, 42_400, 59_700, 185_000, 7_830_000].map(duration)).toEqual([
    '0.1 s',
    '8.1 s',
    '42 s',
    '1 min 0 s',
    '3 min 5 s',
    '2 h 10 min',
  ])
  expect([200, 2_600, 42_400].map(roughly)).toEqual(['1 s', '3 s', '42 s'])
  expect([640, 1_000, 12_300_000, 1_440_000_000].map(fileSize)).toEqual([
    '640 bytes',
    '1 kB',
    '12 MB',
    '1.4 GB',
  ])
})
