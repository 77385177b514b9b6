import { expect, test } from 'vitest'
import { decided, songConflicts } from './songConflict.ts'
import type { SongValues } from './songEdit.ts'

const tag = (name: string) => ({ id: name, name, category: 'theme' as const })
const read: SongValues = { title: 'Read', artist: 'Anna', lyrics: '', tags: [tag('Hope')] }

test('each field that differs says who has changed it', () => {
  const mine = { ...read, title: 'Mine', lyrics: 'Mine', artist: 'Both the same' }
  const theirs = { ...read, title: 'Theirs', tags: [], artist: 'Both the same ' }
  expect(songConflicts(read, mine, theirs)).toEqual([
    { field: 'title', changedBy: 'both' },
    { field: 'lyrics', changedBy: 'mine' },
    { field: 'tags', changedBy: 'theirs' },
  ])
})

test('the order of tags is no conflict', () => {
  const two = { ...read, tags: [tag('Hope'), tag('Joy')] }
  expect(songConflicts(read, two, { ...two, tags: two.tags.toReversed() })).toEqual([])
})

test('what is decided is taken field by field', () => {
  const mine = { ...read, title: 'Mine', tags: [] }
  const theirs = { ...read, title: 'Theirs', lyrics: 'Theirs' }
  expect(decided(mine, theirs, { title: 'mine', tags: 'theirs', lyrics: 'theirs' })).toEqual({
    title: 'Mine',
    artist: 'Anna',
    lyrics: 'Theirs',
    tags: [tag('Hope')],
  })
})
