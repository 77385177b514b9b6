import { expect, test } from 'vitest'
import {
  errorSharesOf,
  figuresOf,
  headlinesOf,
  hitRatiosOf,
  percentilesOf,
  tagUsesOf,
} from './dashboardFigures.ts'
import type { MetricsDashboard } from './dashboardSchema.ts'
import { periodOf } from './dashboardTimes.ts'

const from = '2026-11-26T12:00:00.000Z'
const second = '2026-11-26T12:01:00+00:00'
const distribution = { count: 10, errors: 1, p50: 5, p75: 6, p95: 9, p99: 10, timed: 9 }
const dashboard: MetricsDashboard = {
  from,
  to: '2026-11-26T12:03:00.000Z',
  stepSeconds: 60,
  series: [
    { at: from, metric: 'songs.search', ...distribution },
    { at: second, metric: 'songs.search', ...distribution, errors: 4, p95: 700 },
    { at: second, metric: 'mutation', ...distribution, errors: 0 },
    { at: second, metric: 'tags.autocomplete', ...distribution, errors: 9 },
  ],
  totals: [
    { at: from, metric: 'songs.search', ...distribution, count: 20, errors: 5, p95: 650 },
    { at: from, metric: 'mutation', ...distribution, errors: 0 },
  ],
  cacheReads: [
    { at: from, tier: 'memory', reads: 6 },
    { at: from, tier: 'none', reads: 2 },
  ],
  tags: { usage: [{ at: from, label: 'added', uses: 3 }], popular: [], rising: [] },
  searches: { frequent: [], unfound: [] },
  alerts: { lookedAt: null, states: {}, notices: [] },
  run: null,
}
const valuesOf = (points: { values: object }[]) => points.map(({ values }) => values)

test('percentiles have a point for every step, and none where nothing was measured', () => {
  const points = percentilesOf(dashboard, 'songs.search')
  expect(points.map(({ at }) => at - Date.parse(from))).toEqual([0, 60_000, 120_000])
  expect(valuesOf(points)).toEqual([
    { p50: 5, p95: 9, p99: 10 },
    { p50: 5, p95: 700, p99: 10 },
    { p50: null, p95: null, p99: null },
  ])
})

test('shares are of all reads, and of all that asked a server', () => {
  expect(valuesOf(hitRatiosOf(dashboard))[0]).toEqual({ all: 0.75, memory: 0.75, session: 0, indexeddb: 0 })
  expect(valuesOf(hitRatiosOf(dashboard))[1]).toEqual({
    all: null,
    memory: null,
    session: null,
    indexeddb: null,
  })
  expect(valuesOf(errorSharesOf(dashboard))).toEqual([{ errors: 0.1 }, { errors: 0.2 }, { errors: null }])
})

test('the headlines are those of the whole time', () => {
  expect(headlinesOf(dashboard)).toEqual({
    autocompleteP95: null,
    searchP95: 650,
    hitRatio: 0.75,
    errorShare: 5 / 30,
  })
})

test('a table says what the chart shows', () => {
  expect(figuresOf(tagUsesOf(dashboard), { added: 'Added', removed: 'Removed' }, 0)).toEqual({
    columns: ['Time', 'Added', 'Removed'],
    rows: [[from, 3, 0]],
  })
})

test('a step has the same times at every look', () => {
  const one = periodOf('hour', Date.parse('2026-11-26T12:34:10Z'))
  expect(one.to.toISOString()).toBe('2026-11-26T12:35:00.000Z')
  expect(periodOf('hour', Date.parse('2026-11-26T12:34:50Z'))).toEqual(one)
})
