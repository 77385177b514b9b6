import { expect, test } from 'vitest'
import type { ChaosRunResult } from './chaosRun.ts'
import { addRuns, NOTHING, nextRun } from './tally.ts'

function result(run: number, more: Partial<ChaosRunResult>): ChaosRunResult {
  const base = { run, fault: 'error-500', strikes: [], edits: 3, processes: 3, form: 'exact' } as const
  return { ...base, strikes: [], divergences: [], durationMs: 1, ...more }
}

test('sessions add up, and the next one goes on where the last of its seed ended', () => {
  const first = addRuns(NOTHING, 'a', [
    result(1, { strikes: ['start 1', 'batch 2'] }),
    result(2, { fault: 'end-at-boundary', strikes: ['batch: begin'], divergences: ['something'] }),
  ])
  const both = addRuns(first, 'b', [result(1, { strikes: ['batch 1'] })])
  expect(both).toEqual({
    runs: 3,
    edits: 9,
    faults: { 'error-500': 3, 'end-at-boundary': 1 },
    boundaries: { 'batch: begin': 1 },
    divergences: 1,
    seeds: ['a/1-2', 'b/1-1'],
  })
  expect([nextRun(both, 'a'), nextRun(both, 'b'), nextRun(both, 'c')]).toEqual([3, 2, 1])
})
