import { expect, test } from 'vitest'
import { noFailures } from './failures.ts'
import { TierTally } from './tierTally.ts'

test('a tier that did nothing has rates of zero, not of nothing', () => {
  expect(new TierTally().report()).toEqual({
    reads: 0,
    hitRate: 0,
    missRate: 0,
    evictionCount: 0,
    avgResponseTime: 0,
    memoryUsage: 0,
    failures: noFailures(),
  })
})

test('rates, times and failures of all that it did', () => {
  const tally = new TierTally()
  tally.hits = 3
  tally.misses = 1
  tally.time(2)
  tally.time(6, 64)
  tally.failAs('quota')
  tally.fail(new DOMException('Full.', 'QuotaExceededError'))
  expect(tally.report({ evictionCount: 5, memoryUsage: 70 })).toEqual({
    reads: 4,
    hitRate: 0.75,
    missRate: 0.25,
    evictionCount: 5,
    avgResponseTime: 4,
    memoryUsage: 70,
    failures: { ...noFailures(), quota: 2 },
  })
})

test('what is taken is what happened since it was last taken', () => {
  const tally = new TierTally()
  tally.hits = 3
  tally.misses = 1
  tally.time(2, 64)
  tally.failAs('quota')
  const { times, ...first } = tally.take()
  expect(first).toEqual({ hits: 3, misses: 1, failures: { ...noFailures(), quota: 1 } })
  expect(times.map(([, count]) => count)).toEqual([64])

  tally.hits += 2
  tally.misses += 4
  tally.failAs('quota')
  const { times: later, ...second } = tally.take()
  expect(second).toEqual({ hits: 2, misses: 4, failures: { ...noFailures(), quota: 1 } })
  expect(later).toEqual([])
})
