import { expect, test } from 'vitest'
import { readTagList } from './useTagList.ts'

const tie = '0a000000-0000-4000-8000-000000000001'
const placeIn = (address: object) => readTagList(new URLSearchParams({ ...address })).position.from

test('a page begins where the address says, in the order that it names', () => {
  expect(placeIn({ value: 'grace', tie })).toEqual({ value: 'grace', tie })
  expect(placeIn({ sort: 'songs', value: '37', tie })).toEqual({ value: '37', tie })
  const made = '2026-11-27 10:08:31.120345+00'
  expect(placeIn({ sort: 'created', value: made, tie })).toEqual({ value: made, tie })
})

test('an address that is no place in the list leads to its beginning', () => {
  expect(placeIn({ value: 'grace', tie: 'nonsense' })).toBeNull()
  expect(placeIn({ value: 'grace' })).toBeNull()
  expect(placeIn({ sort: 'songs', value: 'grace', tie })).toBeNull()
  expect(placeIn({ sort: 'created', value: '37', tie })).toBeNull()
})

test('a filter or an order that there is not is none', () => {
  const params = new URLSearchParams({ category: 'colour', kind: 'lost', sort: 'luck' })
  expect(readTagList(params)).toMatchObject({
    filter: { query: '', category: null, kind: 'all' },
    order: { sort: 'name', descending: false },
  })
})
