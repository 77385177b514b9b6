import { expect, test } from 'vitest'
import { tagsOfSong } from './tagsOfSong.ts'

function link(name: string, place: number | null) {
  return {
    place,
    tags: { id: name, name, normalized_name: name.toLowerCase(), category: 'theme' as const },
  }
}

test('tags come in the order of the themes that yield them', () => {
  const links = [link('Advent', 2), link('Peace', 3), link('Hope', 1)]
  expect(tagsOfSong(links).map((tag) => tag.name)).toEqual(['Hope', 'Advent', 'Peace'])
})

test('tags that no theme yields come last, and like those of one theme by name', () => {
  const links = [link('Lent', null), link('Easter', null), link('Mercy', 1), link('Grace', 1)]
  const names = ['Grace', 'Mercy', 'Easter', 'Lent']
  expect(tagsOfSong(links).map((tag) => tag.name)).toEqual(names)
  expect(tagsOfSong(links.toReversed()).map((tag) => tag.name)).toEqual(names)
})
