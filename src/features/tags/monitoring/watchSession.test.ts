import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { alerts, type CapturedAlert } from '../../monitoring/alerts.ts'
import { PerformanceTracker } from './performanceTracker.ts'
import { watchSession } from './watchSession.ts'

const MINUTE = 60_000
const told: CapturedAlert[] = []

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 26, 12) })
  vi.spyOn(console, 'warn').mockReturnValue()
  vi.spyOn(console, 'info').mockReturnValue()
  told.length = 0
  alerts.connect((alert) => told.push(alert))
})

afterEach(() => {
  vi.useRealTimers()
})

function search(tracker: PerformanceTracker, ms: number, times: number): void {
  for (let n = 0; n < times; n += 1) tracker.track('songs.search', ms)
}

test('searches that are slow for one person are told of once, and that it is over', () => {
  const tracker = new PerformanceTracker()
  watchSession(tracker)
  search(tracker, 900, 19)
  vi.advanceTimersByTime(MINUTE)
  expect(told).toEqual([])

  search(tracker, 900, 5)
  vi.advanceTimersByTime(3 * MINUTE)
  expect(told).toMatchObject([{ rule: 'search-slow', kind: 'raised', severity: 'warning' }])
  expect(told[0]?.text).toMatch(
    /^Searches are slow: 9\d\d ms, wanted is at most 500 ms\nSince 2026-11-26 12:02 UTC/,
  )
  expect(told[0]?.facts).toMatchObject({ threshold: 500, samples: 24 })
  expect(console.warn).toHaveBeenCalledOnce()

  vi.advanceTimersByTime(5 * MINUTE)
  search(tracker, 50, 40)
  vi.advanceTimersByTime(MINUTE)
  expect(told.map(({ kind }) => kind)).toEqual(['raised', 'resolved'])
  expect(console.info).toHaveBeenCalledOnce()
})

test('a session is judged by its errors and its cache as well', () => {
  const tracker = new PerformanceTracker()
  watchSession(tracker)
  for (let n = 0; n < 60; n += 1) tracker.trackFailure('mutation')
  vi.advanceTimersByTime(MINUTE)
  expect(told).toMatchObject([{ rule: 'errors', severity: 'critical', facts: { value: 1 } }])
})
