import { expect, test } from 'vitest'
import { writeSteadily } from './steadyWrites.ts'

/** Stops after so many writes, each answered by `answer`. */
async function writeTimes(times: number, answer: (number: number, attempt: number) => string | null) {
  const stop = new AbortController()
  const attempts = new Map<number, number>()
  return writeSteadily({
    perSecond: 1000,
    signal: stop.signal,
    write: async (number) => {
      const attempt = (attempts.get(number) ?? 0) + 1
      attempts.set(number, attempt)
      if (number === times - 1) stop.abort()
      return answer(number, attempt)
    },
  })
}

test('each write is timed, whether or not it failed', async () => {
  const { all, errors } = await writeTimes(5, () => null)
  expect(all.every(({ tookMs }) => Number.isFinite(tookMs))).toBe(true)
  expect(all.map(({ dueAt }) => Math.round(dueAt - (all[0]?.dueAt ?? 0))).toSorted((a, b) => a - b)).toEqual([
    0, 1, 2, 3, 4,
  ])
  expect(errors).toEqual([])
})

test('a write that fails once is tried again, one that fails twice is an error', async () => {
  const { errors } = await writeTimes(4, (number, attempt) =>
    number === 1 || (number === 2 && attempt === 1) ? `write ${number}` : null,
  )
  expect(errors).toEqual(['write 1'])
})
