import { expect, it } from 'vitest'
import { MigrationFailure } from '../migration/migrationFailure.ts'
import { type FailedCommand, failedMigrationJson, failedRollbackJson } from './failedJson.ts'
import { reportFailure } from './failureReport.ts'

const failure = new MigrationFailure('too-many-errors', '20 songs failed.', { advice: 'Mend the cause.' })
const failed = (soFar: FailedCommand['soFar']): FailedCommand => ({
  report: reportFailure(failure, []),
  soFar,
  durationMs: 12.3,
})
const system = {
  songId: 'system',
  error: '20 songs failed.',
  context: { code: 'too-many-errors', advice: 'Mend the cause.' },
  recoverable: true,
}

it('tells what was done by then, and the failure as the last of the errors, once', () => {
  const song = { songId: '1', error: 'no', context: {}, recoverable: false }
  const ours = { ...system, context: { runId: 'r' } }
  expect(failedMigrationJson(failed({ runId: 'r', processedCount: 7, errors: [song, ours] }))).toEqual({
    runId: 'r',
    phase: 'failed',
    processedCount: 7,
    totalCount: 0,
    tagsCreated: 0,
    tagsReused: 0,
    linksCreated: 0,
    errors: [song, system],
    batches: 0,
    retries: 0,
    durationMs: 12,
    certificate: null,
    checks: [],
    error: { code: 'too-many-errors', message: '20 songs failed.', advice: 'Mend the cause.' },
  })
})

it('has the same keys for a rollback as after a good end', () => {
  expect(failedRollbackJson(failed({ runId: 'r', restoredCount: 3 }))).toMatchObject({
    runId: 'r',
    phase: 'failed',
    restoredCount: 3,
    linksRemoved: 0,
    tagsRemoved: 0,
    conflicts: [],
    alreadyRolledBack: false,
    durationMs: 12,
    errors: [system],
  })
})
