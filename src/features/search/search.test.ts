import { expect, test } from 'vitest'
import {
  countFilters,
  EVERY_SONG,
  isNarrowed,
  isUpsideDown,
  modeOf,
  rangeOf,
  toggleTag,
  withoutFilters,
} from './search.ts'

test('a tag is switched on, moved to another mode, and switched off', () => {
  const all = toggleTag(EVERY_SONG, 'a', 'all')
  expect(all.all).toEqual(['a'])
  const none = toggleTag(all, 'a', 'none')
  expect([none.all, none.none]).toEqual([[], ['a']])
  expect(modeOf(none, 'a')).toBe('none')
  expect(toggleTag(none, 'a', 'none')).toEqual(EVERY_SONG)
})

test('filters are counted without the text, and taken off without it', () => {
  const search = { ...EVERY_SONG, text: 'grace', all: ['a', 'b'], keys: ['G'], tempo: rangeOf(60, null) }
  expect(countFilters(search)).toBe(4)
  expect(withoutFilters(search)).toEqual({ ...EVERY_SONG, text: 'grace' })
})

test('an order alone narrows nothing', () => {
  expect(isNarrowed({ ...EVERY_SONG, sort: 'newest' })).toBe(false)
  expect(isNarrowed({ ...EVERY_SONG, text: 'a' })).toBe(true)
})

test('only a range with both ends can be upside down', () => {
  expect(isUpsideDown(rangeOf(4, 2))).toBe(true)
  expect(isUpsideDown(rangeOf(2, 2))).toBe(false)
  expect(isUpsideDown(rangeOf(4, null))).toBe(false)
  expect(rangeOf(null, null)).toBeNull()
})
