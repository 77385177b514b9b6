import { expect, test } from 'vitest'
import { tagsOfSong } from './tagsOfSong.ts'

function link(name: string, created_at: string) {
  return {
    created_at,
    tags: { id: name, name, normalized_name: name.toLowerCase(), category: 'theme' as const },
  }
}

test('tags come in the order they were given', () => {
  const links = [link('Advent', '2025-01-02'), link('Hope', '2025-01-01')]
  expect(tagsOfSong(links).map((tag) => tag.name)).toEqual(['Hope', 'Advent'])
})

test('tags given together come by name, whatever order the database answers in', () => {
  const links = [link('Peace', '2025-01-01'), link('Joy', '2025-01-01')]
  expect(tagsOfSong(links)).toEqual(tagsOfSong(links.toReversed()))
})
