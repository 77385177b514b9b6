import { expect, test } from 'vitest'
import { joinChunks } from './joinChunks.ts'

const ends = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']

test('chunks are joined two by two, and the last ones only as far as each lane gets its share', () => {
  expect(joinChunks(ends, 2, false)).toEqual(['b', 'd', 'f', 'h', 'j'])
  expect(joinChunks(ends, 1, true)).toEqual(['b', 'd', 'f', 'h', 'j'])
  expect(joinChunks(ends, 2, true)).toEqual(['b', 'd', 'f', 'h', 'i', 'j'])
  expect(joinChunks(ends.slice(0, 2), 2, true)).toEqual(['a', 'b'])
})

test('each chunk belongs to one stretch, whatever their number', () => {
  for (const areLast of [true, false]) {
    expect(joinChunks(ends.slice(0, 5), 2, areLast).at(-1)).toBe('e')
    expect(joinChunks(ends.slice(0, 1), 2, areLast)).toEqual(['a'])
    expect(joinChunks([], 2, areLast)).toEqual([])
  }
})
