import { beforeEach, expect, test, vi } from 'vitest'
import { ServiceError } from '../../lib/ServiceError.ts'
import { measured, type Timing, timings } from './measured.ts'

const heard: Timing[] = []

beforeEach(() => {
  vi.stubGlobal('navigator', { onLine: true })
  timings.connect((timing) => heard.push(timing))
  heard.length = 0
})

test('an answer is passed on, and noted with its kind', async () => {
  const label = (rows: number[]) => (rows.length > 1 ? 'several' : 'one')
  expect(await measured('songs.search', async () => [1, 2], { label })).toEqual([1, 2])
  expect(heard).toEqual([{ metric: 'songs.search', label: 'several', ms: expect.any(Number), failed: false }])
})

test('a failure is passed on, and noted as one', async () => {
  const error = new ServiceError('no', { status: 503, code: undefined, cause: undefined })
  await expect(measured('mutation', () => Promise.reject(error), { label: 'song.tag' })).rejects.toBe(error)
  expect(heard).toMatchObject([{ metric: 'mutation', label: 'song.tag', failed: true }])
})

test('what was called off is not noted', async () => {
  const controller = new AbortController()
  const { signal } = controller
  const asked = measured('songs.search', async () => signal.throwIfAborted(), { signal })
  controller.abort()
  await asked.catch(() => undefined)
  const later = measured('songs.search', async () => signal.throwIfAborted(), { signal })
  await expect(later).rejects.toThrow()
  expect(heard.filter(({ failed }) => failed)).toEqual([])
})
