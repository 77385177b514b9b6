import { describe, expect, it } from 'vitest'
import type { RollbackConflict, RollbackPlan } from '../../migration/types.ts'
import { rollbackPlanLines, rollbackResultLines } from './rollbackReport.ts'
import { createStyle } from './style.ts'

const options = { style: createStyle({ unicode: true, colours: false }), width: 80, isVerbose: false }
const plan: RollbackPlan = {
  backupId: '0b6f',
  backupTimestamp: new Date('2026-11-22T17:14:33Z'),
  affectedTables: [],
  estimatedDuration: 2400,
  validationChecks: [],
  exact: false,
  to: null,
  songs: 10_000,
  linksToRemove: 28_021,
  tagsToRemove: 944,
  conflicts: [],
  alreadyRolledBack: false,
}
const conflicts: RollbackConflict[] = [
  { kind: 'tag-kept', tag: 'Zion', reason: 'renamed' },
  { kind: 'link-removed', songId: 's1', tag: 'Praise' },
  { kind: 'link-restored', songId: 's1', tag: 'Advent' },
  { kind: 'link-lost', songId: 's1', tagId: 't1' },
  { kind: 'themes-overwritten', songId: 's2', found: ['a\u202e', null], restored: null },
]

describe('rollback reports', () => {
  it('say what a rollback would take back', () => {
    expect(rollbackPlanLines(plan, { dryRun: true }, options)).toEqual([
      'Rollback  run 0b6f   started 2026-11-22 17:14 UTC',
      '          10,000 songs   28,021 links and 944 tags to remove',
      '          about 2 s, an estimate',
      '          themes stay as they are now (--exact brings them back, too)',
      'Nothing was changed. Start with: npm run rollback',
    ])
  })

  it('name the run in the next command, when it was chosen among others', () => {
    const lines = rollbackPlanLines(plan, { dryRun: true, runId: '0b6f' }, options)
    expect(lines.at(-1)).toBe('Nothing was changed. Start with: npm run rollback -- --run 0b6f')
  })

  it('name what of people’s work an exact one overwrites', () => {
    expect(
      rollbackPlanLines({ ...plan, exact: true, conflicts }, { dryRun: false }, options).slice(3),
    ).toEqual([
      '          themes and links as they were before the run',
      '5 conflicts with what people did since',
      '  tag Zion stays: renamed',
      '  song s1 loses the tag Praise, which a person gave it',
      '  song s1 gets the tag Advent back, which a person took away',
      '  song s1 had the tag t1, which is gone',
      '  song s2: ["a\\u202e",null] becomes null again',
    ])
  })

  it('say that nothing is left to do', () => {
    expect(rollbackPlanLines({ ...plan, alreadyRolledBack: true }, { dryRun: false }, options)).toEqual([
      'Run 0b6f is rolled back already. Nothing to do. Migrate again with: npm run migrate',
    ])
  })

  it('end with the next command', () => {
    const result = {
      runId: '0b6f',
      phase: 'rolled-back' as const,
      restoredCount: 10_000,
      linksRemoved: 28_021,
      tagsRemoved: 944,
      conflicts: Array.from({ length: 9 }, () => ({
        kind: 'tag-kept' as const,
        tag: 'Zion',
        reason: 'linked',
      })),
      errors: [],
      alreadyRolledBack: false,
      durationMs: 1200,
    }
    expect(rollbackResultLines(result, { exact: false, to: null }, options).slice(-3)).toEqual([
      '  and 1 more; --verbose lists them',
      'Rolled back in 1.2 s: 10,000 songs, 28,021 links and 944 tags taken back.',
      'Check it with: npm run validate      Migrate again with: npm run migrate',
    ])
    const paused = rollbackResultLines({ ...result, phase: 'paused' }, { exact: true, to: null }, options)
    expect(paused.slice(-2)).toEqual([
      'Paused after 1.2 s: 10,000 songs, 28,021 links taken back; everything done is saved.',
      'Go on with: npm run rollback -- --exact',
    ])
    const partly = { ...result, conflicts: [], phase: 'partly-rolled-back' as const }
    expect(rollbackResultLines(partly, { exact: false, to: { batch: 7 } }, options)).toEqual([
      'Rolled back in part in 1.2 s: 10,000 songs, 28,021 links taken back; the run is paused.',
      'Migrate the rest again with: npm run migrate      Undo the rest with: npm run rollback',
    ])
    const errors = [{ songId: 's3', error: 'Refused\u001b[2J', context: {}, recoverable: true }]
    const incomplete = { ...result, conflicts: [], errors, phase: 'incomplete' as const }
    const form = { exact: true, to: { time: '2026-11-22T17:14Z' } }
    expect(rollbackResultLines(incomplete, form, options)).toEqual([
      '1 song could not be taken back',
      '  song s3: Refused\\u001b[2J',
      'Not finished after 1.2 s: 10,000 songs, 28,021 links taken back; the songs above are as they were.',
      'Mend the cause, then go on with: npm run rollback -- --exact --to 2026-11-22T17:14Z',
    ])
  })

  it('say which batches are to stay', () => {
    const lines = rollbackPlanLines({ ...plan, to: { batch: 412 } }, { dryRun: true }, options)
    expect(lines[0]).toBe('Rollback  run 0b6f   started 2026-11-22 17:14 UTC   batches up to 412 stay')
    expect(lines.at(-1)).toBe('Nothing was changed. Start with: npm run rollback -- --to 412')
    const until = rollbackPlanLines({ ...plan, to: { time: '2026-11-22T17:14Z' } }, { dryRun: true }, options)
    expect(until[1]).toBe('          batches finished by 2026-11-22T17:14Z stay')
  })
})
