import { expect, test } from 'vitest'
import { keyed } from './keyed.ts'

test('a refrain has a key of its own each time, and the same one again when a verse is put before it', () => {
  const song = keyed(['Verse', 'Refrain', 'Refrain'], (text) => text)
  expect(song.map(({ item }) => item)).toEqual(['Verse', 'Refrain', 'Refrain'])
  const keys = song.map(({ key }) => key)
  expect(new Set(keys).size).toBe(3)
  const longer = keyed(['New', 'Verse', 'Refrain', 'Refrain'], (text) => text)
  expect(longer.slice(1).map(({ key }) => key)).toEqual(keys)
})

test('a text cannot take the key of another one’s second time', () => {
  const keys = keyed(['a', '1 a', 'a', '2 a', '1 1 a'], (text) => text).map(({ key }) => key)
  expect(new Set(keys).size).toBe(5)
})
