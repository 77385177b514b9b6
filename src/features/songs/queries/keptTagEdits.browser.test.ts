import { onlineManager } from '@tanstack/react-query'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { createQueryClient } from '../../../lib/queryClient.ts'
import type { TagEdit } from '../types.ts'
import { keepTagEdits } from './keptTagEdits.ts'
import { songKeys } from './songKeys.ts'

const song = '00000000-0000-4000-8000-000000000001'
const hope = { kind: 'add', tags: [{ id: 'hope', name: 'Hope', category: 'theme' }], version: 1 } as const
const lent = {
  kind: 'remove',
  tags: [{ id: 'lent', name: 'Lent', category: 'occasion' }],
  version: 1,
} as const

beforeEach(() => {
  localStorage.clear()
  onlineManager.setOnline(false)
  onTestFinished(() => onlineManager.setOnline(true))
})

const heldLocks = async () => (await navigator.locks.query()).held

/** A page of this person's, without a connection. */
function open(userId: string) {
  const queryClient = createQueryClient()
  const mutations = queryClient.getMutationCache()
  const tag = (songId: string, edit: TagEdit) =>
    mutations
      .build(queryClient, {
        mutationKey: songKeys.tagging(songId),
        scope: { id: songId },
        mutationFn: async () => undefined,
      })
      .execute(edit)
  const close = keepTagEdits(queryClient, userId, tag)
  onTestFinished(close)
  return {
    close,
    queryClient,
    mutations,
    tag: (edit: TagEdit) => void tag(song, edit),
    waiting: () => mutations.getAll().map(({ state }) => state.variables),
  }
}

test('what waits goes on in the next page, in its order, once the one that made it is gone', async () => {
  const first = open('anna')
  first.tag(hope)
  first.tag(lent)
  expect(Object.keys(localStorage)).toHaveLength(2)
  const beside = open('anna')
  await expect.poll(heldLocks).toHaveLength(1)
  expect(beside.waiting()).toEqual([])

  first.close()
  await expect.poll(heldLocks).toHaveLength(0)
  const next = open('anna')
  await expect.poll(next.waiting).toEqual([hope, lent])
  expect(next.mutations.findAll({ mutationKey: songKeys.tagging(song), status: 'pending' })).toHaveLength(2)
  expect(Object.keys(localStorage)).toHaveLength(2)
})

test('what is taken back is forgotten', () => {
  const { tag, mutations } = open('anna')
  tag(hope)
  tag(lent)
  const [first] = mutations.getAll()
  if (first) mutations.remove(first)
  expect(Object.values(localStorage)).toEqual([expect.stringContaining('Lent')])
})

test('nothing of a person who signs out is left, also when something of hers goes on to its end', async () => {
  const { mutations, queryClient } = open('anna')
  onlineManager.setOnline(true)
  const answer = Promise.withResolvers<never>()
  const mutationFn = () => answer.promise
  const options = { mutationKey: songKeys.tagging(song), mutationFn, retry: 1, retryDelay: 0 }
  const end = mutations.build(queryClient, options).execute(hope)
  expect(Object.keys(localStorage)).toHaveLength(1)
  mutations.clear()
  answer.reject(new Error('Abandoned.'))
  await expect(end).rejects.toThrow('Abandoned.')
  expect(Object.keys(localStorage)).toHaveLength(0)
})

test('what another person has left, or is no step at all, is dropped', async () => {
  localStorage.setItem('songbook-edits/ben/tab/1', JSON.stringify({ songId: song, at: 1, edit: hope }))
  localStorage.setItem('songbook-edits/anna/tab/1', '{"half":')
  localStorage.setItem('of another app', 'stays')
  const { waiting } = open('anna')
  await expect.poll(() => Object.keys(localStorage)).toEqual(['of another app'])
  expect(waiting()).toEqual([])
})
