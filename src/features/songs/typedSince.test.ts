import { expect, test } from 'vitest'
import type { ChosenTag } from '../tags/index.ts'
import type { SongValues } from './songEdit.ts'
import { typedSince } from './typedSince.ts'

const tag = (name: string, id: string | null = name): ChosenTag => ({ id, name, category: 'theme' })
const sent: SongValues = { title: 'Sent', artist: '', lyrics: '', tags: [tag('Hope'), tag('my own', null)] }
const saved: SongValues = {
  title: 'Sent',
  artist: 'By another',
  lyrics: '',
  tags: [tag('Hope'), tag('My own')],
}

test('a form in which nothing was typed since holds what is saved', () => {
  expect(typedSince(sent, { ...sent, title: 'Sent ' }, saved)).toEqual(saved)
})

test('what was typed since stays, and a new tag is known by its id', () => {
  const now = { ...sent, lyrics: 'More', tags: [...sent.tags, tag('Newer', null)] }
  expect(typedSince(sent, now, saved)).toEqual({
    ...saved,
    lyrics: 'More',
    tags: [tag('Hope'), tag('My own'), tag('Newer', null)],
  })
})
