import { expect, test } from 'vitest'
import { tagMetrics } from '../tags/index.ts'
import { countSearch } from './countSearch.ts'
import { EVERY_SONG } from './search.ts'

test('each search is counted once, by its text or by the tags that were added to it', () => {
  tagMetrics.take()
  const grace = { ...EVERY_SONG, text: 'grace' }
  countSearch(grace, true)
  countSearch(grace, true)
  countSearch({ ...grace, all: ['1'] }, false)
  countSearch({ ...grace, all: ['1'], any: ['2'], none: ['3'] }, false)
  countSearch({ ...EVERY_SONG, text: 'nothing like it' }, false)
  expect(tagMetrics.take()).toEqual([
    { metric: 'tags.use', label: 'filtered', tag: '1', count: 1 },
    { metric: 'tags.use', label: 'filtered', tag: '2', count: 1 },
    { metric: 'songs.search.text', text: 'grace', found: true, count: 1 },
    { metric: 'songs.search.text', text: 'nothing like it', found: false, count: 1 },
  ])
})
