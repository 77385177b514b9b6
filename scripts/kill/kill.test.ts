import { expect, inject, test } from 'vitest'
import { TEMPLATE_DATABASE } from '../testing/testCluster.ts'
import { killRuns } from './killRuns.ts'

test('killed with SIGKILL and resumed, a migration ends as if nothing had happened', async () => {
  const cluster = inject('testCluster')
  if (!cluster.ready) throw new Error(cluster.reason)
  const results = await killRuns({
    cluster,
    migrated: TEMPLATE_DATABASE,
    songs: 120,
    randomSeed: 'npm test',
    runs: [1, 2, 3, 4, 5],
    // Each process takes half a second to start; `npm run kill` goes back in every run.
    back: 'every-other',
    parallel: 2,
  })
  expect(results.flatMap((result) => result.divergences)).toEqual([])
  expect(results.every((result) => result.kills.some((kill) => kill.at !== undefined))).toBe(true)
})
