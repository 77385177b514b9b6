import { expect, test } from 'vitest'
import type { MetricEntry } from './metricEntry.ts'
import { MetricsSender, type Posted } from './metricsSender.ts'

const entries = (count: number, from = 0): MetricEntry[] =>
  Array.from({ length: count }, (_, n) => ({
    metric: 'tags.use',
    label: 'added',
    tag: String(from + n),
    count: 1,
  }))

/** @param answers to one post after the other; done when there is nothing left */
function sending(batches: MetricEntry[][], answers: Posted[] = []) {
  const posted: MetricEntry[][] = []
  const time = { now: 0 }
  const sender = new MetricsSender({
    take: () => batches.shift() ?? [],
    post: async (batch) => {
      posted.push([...batch])
      return answers.shift() ?? 'done'
    },
    clock: () => time.now,
  })
  return { sender, posted, time }
}

test('nothing measured is nothing sent', async () => {
  const { sender, posted } = sending([])
  await sender.flush()
  expect(posted).toEqual([])
})

test('a call carries no more entries and no more characters than it may', async () => {
  const cells = Array.from({ length: 1000 }, (_, cell) => [cell, 123_456] as const)
  const long: MetricEntry = { metric: 'songs.search', count: 1, cells }
  const { sender, posted } = sending([[...entries(130), long, long, long, long, long]])
  await sender.flush()
  expect(posted.flat()).toHaveLength(135)
  expect(posted.map(({ length }) => length)[0]).toBe(100)
  for (const batch of posted) expect(JSON.stringify(batch).length).toBeLessThan(64_000)
})

test('what cannot be sent goes with the next batch, and not all of it for ever', async () => {
  const { sender, posted } = sending(
    [entries(2), entries(1, 2), entries(300, 3)],
    ['unreachable', 'unreachable'],
  )
  await sender.flush()
  await sender.flush()
  expect(posted.at(-1)).toEqual(entries(3))
  const away = sending([entries(300), entries(1, 300)], ['unreachable', 'unreachable', 'unreachable'])
  await away.sender.flush()
  await away.sender.flush()
  expect(away.posted.slice(3).flat()).toHaveLength(201)
})

test('what is refused is dropped', async () => {
  const { sender, posted } = sending([entries(1), entries(1, 1)], ['refused'])
  await sender.flush()
  await sender.flush()
  expect(posted).toEqual([entries(1), entries(1, 1)])
})

test('who has sent too much rests for an hour, and nothing piles up', async () => {
  const { sender, posted, time } = sending([entries(1), entries(1, 1), entries(1, 2)], ['quota'])
  await sender.flush()
  time.now = 3_599_999
  await sender.flush()
  time.now = 3_600_000
  await sender.flush()
  expect(posted).toEqual([entries(1), entries(1, 2)])
})

test('nothing of one person is sent as another’s', async () => {
  const { sender, posted } = sending([entries(1), entries(1, 1), entries(1, 2)], ['unreachable'])
  await sender.flush()
  sender.forget()
  await sender.flush()
  expect(posted).toEqual([entries(1), entries(1, 2)])
})
