import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { now } from './clock.ts'
import { newEntry } from './entry.ts'
import { TagCache } from './tagCache.ts'

const MINUTE = 60_000

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

function cacheOf(maxSize: number, maxBytes = 1_000_000): TagCache {
  return new TagCache({ ttl: MINUTE, maxSize, maxBytes })
}

describe('a read', () => {
  test('gives the entry and counts', async () => {
    const cache = cacheOf(10)
    const written = now()
    cache.set('a', newEntry('Advent', ['tag:1'], written))
    cache.get('a')
    await vi.advanceTimersByTimeAsync(1000)
    expect(cache.get('a')).toEqual({
      data: 'Advent',
      timestamp: written,
      hits: 2,
      lastAccessed: written + 1000,
      tags: ['tag:1'],
    })
    cache.get('none')
    expect(cache.stats()).toMatchObject({ reads: 3, hitRate: 2 / 3, missRate: 1 / 3, evictionCount: 0 })
  })

  test('finds nothing older than the time to live', async () => {
    const cache = cacheOf(10)
    cache.set('a', newEntry(1, [], now()))
    await vi.advanceTimersByTimeAsync(MINUTE - 1)
    expect(cache.get('a')?.data).toBe(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(cache.get('a')).toBeUndefined()
    expect(cache.stats().memoryUsage).toBe(0)
  })

  test('ages entries also when the clock is set back', async () => {
    vi.useRealTimers()
    const cache = cacheOf(10)
    cache.set('a', newEntry(1, [], now()))
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() - 60 * MINUTE)
    expect(cache.get('a')?.data).toBe(1)
    const elapsed = performance.now()
    // A second more: the two clocks may be some milliseconds apart.
    vi.spyOn(performance, 'now').mockReturnValue(elapsed + MINUTE + 1000)
    await Promise.resolve()
    expect(cache.get('a')).toBeUndefined()
  })

  test('ages entries also when the computer slept', async () => {
    const cache = cacheOf(10)
    cache.set('a', newEntry(1, [], now()))
    // The monotonic clock stands still meanwhile.
    vi.setSystemTime(Date.now() + MINUTE)
    expect(cache.get('a')).toBeUndefined()
  })
})

describe('the limits', () => {
  test('of entries push out what was used longest ago', () => {
    const cache = cacheOf(2)
    cache.set('a', newEntry(1, [], now()))
    cache.set('b', newEntry(2, [], now()))
    cache.get('a')
    cache.set('c', newEntry(3, [], now()))
    expect(['a', 'b', 'c'].map((key) => cache.get(key)?.data)).toEqual([1, undefined, 3])
    expect(cache.stats().evictionCount).toBe(1)
  })

  test('of bytes, too, and one entry larger than all of it is not kept', () => {
    const cache = cacheOf(100, 10_000)
    cache.set('a', newEntry('x'.repeat(2000), [], now()))
    cache.set('b', newEntry('x'.repeat(2000), [], now()))
    cache.set('c', newEntry('x'.repeat(2000), [], now()))
    expect(['a', 'b', 'c'].map((key) => cache.peek(key) !== undefined)).toEqual([false, true, true])
    cache.set('b', newEntry('x'.repeat(20_000), [], now()))
    expect(['b', 'c'].map((key) => cache.peek(key) !== undefined)).toEqual([false, true])
    expect(cache.stats().memoryUsage).toBeGreaterThan(4000)
  })

  test('are not overrun by what is loaded ahead, and nothing is replaced by it', () => {
    const cache = cacheOf(3)
    cache.set('a', newEntry('used', [], now()))
    cache.preload(['a', 'b', 'c', 'd'].map((key) => [key, newEntry('ahead', [], now())] as const))
    expect(['a', 'b', 'c', 'd'].map((key) => cache.get(key)?.data)).toEqual([
      'used',
      'ahead',
      'ahead',
      undefined,
    ])
    expect(cache.stats().evictionCount).toBe(0)
  })
})

test('an invalidation drops the keys and what depends on the tags, and says which those were', () => {
  const cache = cacheOf(10)
  for (const name of ['a', 'b', 'c', 'd']) cache.set(name, newEntry(name, [`tag:${name}`, 'all'], now()))
  expect(cache.invalidate({ keys: ['a'], tags: ['tag:b', 'tag:none'] })).toEqual(['b'])
  expect(['a', 'b', 'c', 'd'].map((key) => cache.get(key)?.data)).toEqual([undefined, undefined, 'c', 'd'])
  expect(cache.invalidate({ keys: ['none'] })).toEqual([])
  cache.delete('c')
  expect(['c', 'd'].map((key) => cache.get(key)?.data)).toEqual([undefined, 'd'])
  cache.clear()
  expect(cache.get('d')).toBeUndefined()
  // Nobody had to make room for them.
  expect(cache.stats().evictionCount).toBe(0)
})

test('one read in 64 is timed', () => {
  const cache = cacheOf(10)
  const clock = vi.spyOn(performance, 'now')
  clock.mockImplementation(() => clock.mock.calls.length)
  for (let n = 0; n < 64; n += 1) cache.get('none')
  expect(cache.stats().avgResponseTime).toBeGreaterThan(0)
  expect(cache.stats().avgResponseTime).toBeLessThan(8)
  expect(clock.mock.calls.length).toBeLessThan(8)
  const { misses, times } = cache.takeReads()
  expect({ misses, timesStandFor: times.map(([, count]) => count) }).toEqual({
    misses: 64,
    timesStandFor: [64],
  })
})
