import { expect, test } from 'vitest'
import { mayEdit } from './mayEdit.ts'

const song = { created_by: 'anna' }

test.each([
  ['nobody', null, null, false],
  ['somebody who is not known yet', undefined, undefined, false],
  ['somebody without a role', { id: 'ben' }, null, false],
  ['somebody whose role is not known yet', { id: 'ben' }, undefined, false],
  ['the owner', { id: 'anna' }, null, true],
  ['an editor', { id: 'ben' }, 'editor', true],
  ['an admin', { id: 'ben' }, 'admin', true],
] as const)('%s: a song of Anna’s', (_who, person, role, may) => {
  expect(mayEdit(song, person, role)).toBe(may)
})

test('a song without an owner is nobody’s but the editors’', () => {
  expect(mayEdit({ created_by: null }, { id: 'anna' }, null)).toBe(false)
  expect(mayEdit({ created_by: null }, { id: 'anna' }, 'moderator')).toBe(true)
})
