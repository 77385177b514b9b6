import { expect, test } from 'vitest'
import { run, secondsAgo } from '../migration/testing/shownStatus.ts'
import type { RollbackPlan } from '../migration/types.ts'
import { rollbackPlanJson, runsJson } from './jsonResults.ts'
import { runsLines } from './terminal/runsReport.ts'
import { createStyle } from './terminal/style.ts'

test('a run that has not ended has no end, and what it has is told in ISO 8601', () => {
  const listed = { ...run, startedBy: 'service_role' }
  const { runs } = runsJson([listed, { ...listed, finishedAt: secondsAgo(60), certificate: 'ab12' }])
  expect(runs).toMatchObject([
    { runId: run.id, startedAt: '2026-11-21T18:01:30.000Z', finishedAt: null, certificate: null },
    { finishedAt: '2026-11-22T20:00:30.000Z', certificate: 'ab12' },
  ])
  const look = { style: createStyle({ unicode: true, colours: false }), width: 120 }
  expect(runsLines([listed, { ...listed, certificate: 'ab12' }], look)).toEqual([
    expect.stringContaining('running  7,900 songs  2026-11-21 18:01 UTC'),
    expect.stringContaining(run.id),
    '  certificate ab12',
  ])
  expect(runsLines([], look)).toEqual([expect.stringMatching(/^No run yet\./)])
})

test('what a rollback is to keep is a batch, a time or nothing', () => {
  const plan: RollbackPlan = {
    backupId: 'run',
    backupTimestamp: secondsAgo(0),
    affectedTables: [],
    estimatedDuration: 12.6,
    validationChecks: [],
    exact: false,
    to: null,
    songs: 1,
    linksToRemove: 1,
    tagsToRemove: 1,
    conflicts: [],
    alreadyRolledBack: false,
  }
  const to = (limit: RollbackPlan['to']) => rollbackPlanJson({ ...plan, to: limit }).to
  expect([to(null), to({ batch: 3 }), to({ time: '2026-11-22T17:14:33Z' })]).toEqual([
    null,
    3,
    '2026-11-22T17:14:33Z',
  ])
  expect(rollbackPlanJson(plan)).toMatchObject({ phase: 'dry-run', estimatedDurationMs: 13 })
})
