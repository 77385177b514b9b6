import { expect, test } from 'vitest'
import type { ChosenTag } from '../tags/index.ts'
import { isEmptyEdit, isWritten, NEW_SONG, type SongValues, songEdit } from './songEdit.ts'

const tag = (name: string, id: string | null = name): ChosenTag => ({ id, name, category: 'theme' })
const read: SongValues = {
  title: 'Grace',
  artist: '',
  lyrics: 'One\n',
  tags: [tag('Hope'), tag('Joy')],
}

test('only what has changed is written', () => {
  expect(
    songEdit(read, {
      ...read,
      title: ' Amazing grace ',
      tags: [tag('Joy'), tag('Lent'), tag('My own', null)],
    }),
  ).toEqual({
    changes: { title: 'Amazing grace' },
    tags: { ids: ['Lent'], names: ['My own'], removed: ['Hope'] },
  })
})

test('what Postgres cannot hold is replaced', () => {
  const written = { ...read, title: 'a\0b', artist: 'Torn\ud83d', lyrics: '\udc00\n' }
  expect(songEdit(read, written).changes).toEqual({
    title: 'a\ufffdb',
    artist: 'Torn\ufffd',
    lyrics: '\ufffd\n',
  })
})

test('an emptied field is written as nothing', () => {
  expect(songEdit(read, { ...read, lyrics: ' \n' }).changes).toEqual({ lyrics: null })
})

test('blanks around a title and another order of the tags are no change', () => {
  const same = { ...read, title: 'Grace ', artist: '  ', tags: read.tags.toReversed() }
  expect(isEmptyEdit(songEdit(read, same))).toBe(true)
  expect(isEmptyEdit(songEdit(NEW_SONG, read))).toBe(false)
})

test('an edit is written when the song is what it was to make of it, whatever else has changed', () => {
  const edit = songEdit(read, { ...read, title: 'Better', tags: [tag('Joy'), tag('my OWN', null)] })
  const stored = (name: string) => ({
    id: name,
    name,
    normalized_name: name.toLowerCase(),
    category: 'theme' as const,
  })
  const song = {
    title: 'Better',
    artist: 'By another',
    lyrics: 'One',
    tags: [stored('Joy'), stored('My own')],
  }
  expect(isWritten(edit, song)).toBe(true)
  expect(isWritten(edit, { ...song, title: 'Theirs' })).toBe(false)
  expect(isWritten(edit, { ...song, tags: [stored('Joy')] })).toBe(false)
  expect(isWritten(edit, { ...song, tags: [...song.tags, stored('Hope')] })).toBe(false)
})
