import { expect, test } from 'vitest'
import { chaosRuns } from './chaosRuns.ts'

test('under faults and with people writing, every song ends as the model says, there and back', {
  timeout: 180_000,
}, async () => {
  // One worker that is killed, one lost answer, a crash; npm run chaos knows more.
  const results = await chaosRuns({
    randomSeed: 'npm test',
    runs: [1, 3, 24],
    parallel: 2,
    // Fewer edits than in npm run chaos: other tests want the processors.
    pauseMs: 120,
  })
  expect(results.flatMap(({ run, divergences }) => divergences.map((what) => `${run}: ${what}`))).toEqual([])
  expect(
    results.flatMap(({ run, strikes, edits }) => (strikes.length > 0 && edits > 0 ? [] : [run])),
  ).toEqual([])
})
