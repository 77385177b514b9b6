import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EVERY_SONG } from './search.ts'
import { LONGEST_TEXT, readSearch, searchAddress } from './searchAddress.ts'
import type { Search } from './types.ts'

const read = (address: string) => readSearch(new URLSearchParams(address))

test('a search with everything in it is read from its address as it was written', () => {
  const search: Search = {
    text: 'amazing, "grace" & more',
    all: ['one', 'two'],
    any: ['three'],
    none: ['four'],
    categories: ['mood', 'theme'],
    keys: ['F#m', 'Bb'],
    difficulty: { from: 2, to: 4 },
    tempo: { from: null, to: 100 },
    sort: 'newest',
  }
  const address = searchAddress(search)
  expect(read(address)).toEqual({ search, unread: [] })
  expect(address).toContain('tags=one,two')
  expect(address).toContain('difficulty=2-4')
  expect(address).toContain('tempo=-100')
})

test('the search that finds everything has an empty address', () => {
  expect(searchAddress(EVERY_SONG)).toBe('')
  expect(read('')).toEqual({ search: EVERY_SONG, unread: [] })
})

test.each([
  ['3', { from: 3, to: 3 }],
  ['2-', { from: 2, to: null }],
  ['-4', { from: null, to: 4 }],
  // The database finds nothing in it, and the page says why.
  ['4-2', { from: 4, to: 2 }],
])('the range %s is read', (text, range) => {
  expect(read(`difficulty=${text}`).search.difficulty).toEqual(range)
})

describe('what means nothing is left out, and named', () => {
  test.each([
    ['difficulty=hard', 'difficulty=hard'],
    ['tempo=1-2-3', 'tempo=1-2-3'],
    ['tempo=-', 'tempo=-'],
    ['tempo=99999999', 'tempo=99999999'],
    ['key=H', 'key=H'],
    ['category=themes', 'category=themes'],
    ['sort=loudest', 'sort=loudest'],
  ])('%s', (address, part) => {
    expect(read(address)).toEqual({ search: EVERY_SONG, unread: [part] })
  })
})

test('good values beside broken ones stay, each once', () => {
  const { search, unread } = read('key=G,H,G,,A&category=mood,moody&tags=a&tags=b')
  expect(search).toMatchObject({ keys: ['G', 'A'], categories: ['mood'], all: ['a', 'b'] })
  expect(unread).toEqual(['category=moody', 'key=H'])
})

test('a tag narrows in one way: the first that the address names', () => {
  expect(read('tags=a&any=a,b&not=a,b,c').search).toMatchObject({ all: ['a'], any: ['b'], none: ['c'] })
})

test('ten thousand letters are cut to those that count', () => {
  expect(read(`q=${'é'.repeat(10_000)}`).search.text).toBe('é'.repeat(LONGEST_TEXT))
})

test('text is cut between characters, and what Postgres cannot hold is replaced', () => {
  const { text } = read(`q=${encodeURIComponent(`${'x'.repeat(LONGEST_TEXT - 1)}🎵`)}`).search
  expect(text.isWellFormed()).toBe(true)
  expect(readSearch(new URLSearchParams([['q', 'a\0b']])).search.text).toBe('a\ufffdb')
})

test('whatever an address holds, reading it never fails, and what was read is written and read as the same', () => {
  const part = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('1-5', '-', ',,', 'G,F#m', 'theme', 'a,b'),
  )
  const names = ['q', 'tags', 'any', 'not', 'category', 'key', 'difficulty', 'tempo', 'sort', 'tag']
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...names), part)), (entries) => {
      const { search } = readSearch(new URLSearchParams(entries))
      expect(read(searchAddress(search)).search).toEqual(search)
    }),
  )
})
