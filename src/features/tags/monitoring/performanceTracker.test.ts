import { beforeEach, expect, test } from 'vitest'
import { SeededRandom } from '../../../../scripts/seed/seededRandom.ts'
import { noFailures } from '../cache/failures.ts'
import type { CacheReads } from '../cache/types.ts'
import { PerformanceTracker, type PerformanceTrackerOptions, type Tracked } from './performanceTracker.ts'
import { cellOf, valueOfCell } from './sketchCells.ts'

const MINUTE = 60_000
let time: number

beforeEach(() => {
  time = Date.UTC(2026, 10, 26, 12)
})

function trackerOf(options: PerformanceTrackerOptions = {}): PerformanceTracker {
  return new PerformanceTracker({ clock: () => time, ...options })
}

/** What comes out of a sketch for this. */
const about = (ms: number) => valueOfCell(cellOf(ms))

test('percentiles, the hit rate and the error rate have the names that were asked for', () => {
  const tracker = trackerOf()
  for (let ms = 1; ms <= 100; ms += 1) {
    tracker.track('tags.autocomplete', ms, ms % 2 ? 'local' : 'server')
    tracker.track('songs.search', ms * 10)
  }
  for (let n = 0; n < 25; n += 1) tracker.trackFailure('mutation', 'song.tag')
  expect(tracker.metrics()).toEqual({
    autocompleteP50: about(50),
    autocompleteP95: about(95),
    autocompleteP99: about(99),
    searchP50: about(500),
    searchP95: about(950),
    searchP99: about(990),
    cacheHitRate: 0,
    errorRate: 25 / 125,
  })
})

test('of nothing, all is 0', () => {
  expect(new Set(Object.values(trackerOf().metrics()))).toEqual(new Set([0]))
})

test.each([
  [1, 2],
  [5, 6],
  [60, 61],
])('a window of %d minutes holds the one that runs, too: %d', (minutes, expected) => {
  const tracker = trackerOf()
  for (let n = 0; n < 100; n += 1) {
    tracker.track('songs.search', 5)
    time += MINUTE
  }
  time -= MINUTE
  expect(tracker.window('songs.search', minutes).count).toBe(expected)
})

test('a clock that is set back loses nothing', () => {
  const tracker = trackerOf()
  tracker.track('songs.search', 5)
  time -= 30 * MINUTE
  tracker.track('songs.search', 5)
  expect(tracker.window('songs.search', 1).count).toBe(2)
  time += 31 * MINUTE
  expect(tracker.window('songs.search', 1).count).toBe(2)
})

test('one of eight is timed, and counts for all; failures are all counted', () => {
  const random = new SeededRandom('tracker')
  const heard: Tracked[] = []
  const tracker = trackerOf({
    oneIn: { 'songs.search': 8 },
    random: () => random.float(),
    onTracked: (tracked) => heard.push(tracked),
  })
  const calls = 80_000
  for (let n = 0; n < calls; n += 1) tracker.track('songs.search', (n % 100) + 1)
  for (let n = 0; n < 1000; n += 1) tracker.trackFailure('songs.search')
  const { count, errors, times } = tracker.window('songs.search', 1)
  expect(errors).toBe(1000)
  // Four standard deviations of what chance may do.
  expect(Math.abs(count - 1000 - calls)).toBeLessThan(4 * Math.sqrt(calls * 7))
  expect(heard).toHaveLength((count - 1000) / 8 + 1000)
  expect(heard[0]).toEqual({
    metric: 'songs.search',
    label: '',
    count: 8,
    ms: expect.any(Number),
    failed: false,
  })
  // One in a hundred of the values lies between the percentiles beside it.
  expect(times.percentile(0.95)).toBeGreaterThan(about(92))
  expect(times.percentile(0.95)).toBeLessThan(about(98))
})

test('what was taken is not taken again, and stays in the windows', () => {
  const tracker = trackerOf()
  tracker.track('mutation', 20, 'song.tag')
  tracker.trackFailure('mutation', 'song.tag')
  tracker.track('songs.search', 7)
  expect(tracker.take()).toEqual([
    { metric: 'mutation', label: 'song.tag', count: 2, errors: 1, cells: [[cellOf(20), 1]] },
    { metric: 'songs.search', label: '', count: 1, errors: 0, cells: [[cellOf(7), 1]] },
  ])
  expect(tracker.take()).toEqual([])
  tracker.track('songs.search', 8)
  expect(tracker.take()).toMatchObject([{ metric: 'songs.search', count: 1, cells: [[cellOf(8), 1]] }])
  expect(tracker.window('songs.search', 1).count).toBe(2)
})

test('reads of a cache are fetched when somebody looks, by tier', () => {
  const reads: CacheReads[] = [
    {
      answered: {
        memory: { count: 6, times: [[cellOf(0.01), 64]] },
        session: { count: 2, times: [] },
        indexeddb: { count: 0, times: [] },
      },
      missed: 2,
      failures: { ...noFailures(), quota: 3 },
    },
  ]
  const nothing = {
    answered: {
      memory: { count: 0, times: [] },
      session: { count: 0, times: [] },
      indexeddb: { count: 0, times: [] },
    },
    missed: 0,
    failures: noFailures(),
  }
  const tracker = trackerOf()
  tracker.watchCache(() => reads.shift() ?? nothing)
  expect(tracker.metrics().cacheHitRate).toBe(0.8)
  expect(tracker.window('tags.cache.read', 1, 'memory').count).toBe(6)
  expect(tracker.window('tags.cache.failure', 1).count).toBe(3)
  expect(tracker.take().map(({ metric, label, count }) => [metric, label, count])).toEqual([
    ['tags.cache.read', 'memory', 6],
    ['tags.cache.read', 'session', 2],
    ['tags.cache.read', 'none', 2],
    ['tags.cache.failure', 'quota', 3],
  ])
})
