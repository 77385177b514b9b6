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
  songs: 10_000,
  linksToRemove: 28_021,
  conflicts: [],
  alreadyRolledBack: false,
}
const conflicts: RollbackConflict[] = [
  { kind: 'tag-kept', tag: 'Zion', reason: 'renamed' },
  { kind: 'link-removed', songId: 's1', tag: 'Praise' },
  { kind: 'themes-overwritten', songId: 's2', found: ['a\u202e', null], restored: null },
]

describe('rollback reports', () => {
  it('say what a rollback would take back', () => {
    expect(rollbackPlanLines(plan, { dryRun: true }, options)).toEqual([
      'Rollback  run 0b6f   started 2026-11-22 17:14 UTC',
      '          10,000 songs   28,021 links to remove   about 2 s, an estimate',
      '          themes stay as they are now (--exact brings them back, too)',
      'Nothing was changed. Start with: npm run rollback',
    ])
  })

  it('name what of people’s work an exact one overwrites', () => {
    expect(
      rollbackPlanLines({ ...plan, exact: true, conflicts }, { dryRun: false }, options).slice(2),
    ).toEqual([
      '          themes and links as they were before the run',
      '3 conflicts with what people did since',
      '  tag Zion stays: renamed',
      '  song s1 loses the tag Praise, which a person gave it',
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
      alreadyRolledBack: false,
      durationMs: 1200,
    }
    expect(rollbackResultLines(result, { exact: false }, options).slice(-3)).toEqual([
      '  and 1 more; --verbose lists them',
      'Rolled back in 1.2 s: 10,000 songs, 28,021 links and 944 tags taken back.',
      'Check it with: npm run validate      Migrate again with: npm run migrate',
    ])
    expect(rollbackResultLines({ ...result, phase: 'paused' }, { exact: true }, options).slice(-2)).toEqual([
      'Paused after 1.2 s: 10,000 songs, 28,021 links taken back; everything done is saved.',
      'Go on with: npm run rollback -- --exact',
    ])
  })
})
