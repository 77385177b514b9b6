import { expect, test } from 'vitest'
import { localSearch } from './localSearch.ts'
import { EVERY_SONG } from './search.ts'
import type { FoundSong } from './services/searchService.ts'
import type { Search } from './types.ts'

function song(title: string, rest: Partial<FoundSong> = {}): FoundSong {
  return {
    id: title,
    title,
    artist: null,
    tags: [],
    keys: [],
    difficulty: null,
    tempo: null,
    lyrics: null,
    near: false,
    ...rest,
  }
}

const tag = (name: string, category: 'theme' | 'occasion' = 'theme') => ({
  id: name.toLowerCase(),
  name,
  normalized_name: name.toLowerCase(),
  category,
})

const songs = [
  song('Stille Nacht', {
    artist: 'Gruber',
    tags: [tag('Christmas', 'occasion')],
    keys: ['Bb'],
    tempo: [60, 60],
  }),
  song('Amazing Grace', { tags: [tag('Grace'), tag('Hope')], keys: ['G', 'D'], difficulty: [1, 3] }),
  song('Hope of the world', { tags: [tag('Hope')], tempo: [90, 120], difficulty: [4, 4] }),
]

test.each<[string, Partial<Search>, string[]]>([
  ['everything, by title', {}, ['Amazing Grace', 'Hope of the world', 'Stille Nacht']],
  ['the beginnings of words of the title', { text: 'gra AMA' }, ['Amazing Grace']],
  ['the artist', { text: 'gruber' }, ['Stille Nacht']],
  ['names of tags', { text: 'hope' }, ['Amazing Grace', 'Hope of the world']],
  ['words, not their middles', { text: 'ope' }, []],
  ['all of some tags', { all: ['grace', 'hope'] }, ['Amazing Grace']],
  ['any of some tags', { any: ['grace', 'christmas'] }, ['Amazing Grace', 'Stille Nacht']],
  ['none of some tags', { none: ['hope'] }, ['Stille Nacht']],
  ['a category', { categories: ['occasion'] }, ['Stille Nacht']],
  ['a key', { keys: ['D', 'E'] }, ['Amazing Grace']],
  ['a difficulty', { difficulty: { from: 3, to: null } }, ['Amazing Grace', 'Hope of the world']],
  ['a tempo', { tempo: { from: null, to: 89 } }, ['Stille Nacht']],
  ['a range that is upside down', { difficulty: { from: 4, to: 2 } }, []],
])('finds by %s', (_what, filter, titles) => {
  expect(localSearch(songs, { ...EVERY_SONG, ...filter }).map(({ title }) => title)).toEqual(titles)
})
