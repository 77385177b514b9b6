import { beforeEach, expect, test } from 'vitest'
import { type Timing, timings } from '../../monitoring/measured.ts'
import { timedAnswer } from './timedAnswer.ts'

const heard: Timing[] = []
const { signal } = new AbortController()

beforeEach(() => {
  heard.length = 0
  timings.connect((timing) => heard.push(timing))
})

test('an answer that a storage had is timed', async () => {
  const kept = { songs: 1 }
  expect(
    await timedAnswer(
      async () => ({ songs: 2 }),
      async () => kept,
    ),
  ).toBe(kept)
  expect(heard).toEqual([{ metric: 'songs.search', label: 'storage', ms: expect.any(Number), failed: false }])
})

test('so is one that is stale, while the server is asked anew', async () => {
  const kept = { songs: 1 }
  await timedAnswer(
    async () => ({ songs: 2 }),
    async (load) => {
      await load(signal)
      return kept
    },
  )
  expect(heard).toHaveLength(1)
})

test('one of the server, and none at all, are timed where the server is asked', async () => {
  await timedAnswer(
    async () => ({ songs: 2 }),
    (load) => load(signal),
  )
  const refused = timedAnswer(
    () => Promise.reject(new Error('no')),
    (load) => load(signal),
  )
  await expect(refused).rejects.toThrow('no')
  expect(heard).toEqual([])
})
