import { expect, test } from 'vitest'
import type { RollbackConflict, RollbackPlan } from '../../../migration/types.ts'
import { textOf } from '../testing/textOf.tsx'
import { RollbackDryRun } from './RollbackDryRun.tsx'

const plan = (more: Partial<RollbackPlan>): RollbackPlan => ({
  backupId: 'run',
  backupTimestamp: new Date(0),
  affectedTables: [],
  estimatedDuration: 90_000,
  validationChecks: [],
  exact: false,
  to: null,
  songs: 250,
  linksToRemove: 1,
  tagsToRemove: 12,
  conflicts: [],
  alreadyRolledBack: false,
  ...more,
})
const conflicts = (count: number): RollbackConflict[] =>
  Array.from({ length: count }, (_, n) => ({ kind: 'link-removed', songId: `song ${n}`, tag: 'Joy' }))
const shown = (more: Partial<RollbackPlan>) => textOf(<RollbackDryRun plan={plan(more)} />)

test('a dry run says what would go, how long it takes and what becomes of the themes', () => {
  expect(shown({})).toMatch(
    /Songs 250 songs To remove 1 link and 12 tags Takes about .*Themes stay as they are now$/,
  )
  expect(shown({ exact: true })).toMatch(/Themes as they were before the run$/)
})

test('conflicts are counted, the first of them listed, the others on demand and at most five hundred', () => {
  expect(shown({ conflicts: conflicts(1) })).toContain('1 conflict with what people did since:')
  const some = shown({ conflicts: conflicts(10) })
  expect(some).toContain('10 conflicts with what people did since:')
  expect(some.split('and 2 more')[0]).toContain('song 7')
  expect(some.split('and 2 more')[1]).toMatch(/song 8.*song 9/)
  const many = shown({ conflicts: conflicts(600) })
  expect(many).toContain('and 592 more')
  expect(many).toContain('song 499')
  expect(many).not.toContain('song 500')
  expect(many).toMatch(/and 100 more$/)
})
