import { expect, test } from 'vitest'
import type { Run } from '../../../migration/migrationDatabase.ts'
import type { RollbackForm } from '../../../migration/rollbackForm.ts'
import { run } from '../../../migration/testing/shownStatus.ts'
import { migrationKeys } from '../../../queries/migration/migrationKeys.ts'
import { textOf } from '../testing/textOf.tsx'
import { RollbackDialog } from './RollbackDialog.tsx'

/** @param form that the dry run is known of */
const shown = (more: Partial<Run>, form: RollbackForm, answer: object = plan) =>
  textOf(
    <RollbackDialog
      run={{ ...run, ...more }}
      isServed={false}
      onRollBack={() => undefined}
      onClose={() => undefined}
    />,
    [[[...migrationKeys.run(run.id), 'rollback', form], answer]],
  )
const plan = {
  songs: 250,
  linksToRemove: 1,
  tagsToRemove: 2,
  estimatedDuration: 1000,
  exact: false,
  conflicts: [],
}

test('a rollback begins in its plain form, and one that is under way goes on in its own', () => {
  const begun = shown({ status: 'complete' }, { exact: false, to: null })
  expect(begun).toContain('Keep batches up to')
  expect(begun).toContain('Take it back with npm run rollback Copy')
  const back = { status: 'rolling_back' } as const
  const whole = shown(back, { exact: false, to: null })
  expect(whole).not.toContain('Keep batches up to')
  expect(whole).toContain('Take it back with npm run rollback Copy')
  expect(
    shown({ ...back, exactRollback: true, rollbackToBatch: 3 }, { exact: true, to: { batch: 3 } }),
  ).toContain('npm run rollback -- --exact --to 3 Copy')
  const time = '2026-11-22T17:14:33Z'
  expect(shown({ ...back, rollbackToTime: time }, { exact: false, to: { time } })).toContain(
    `npm run rollback -- --to ${time} Copy`,
  )
})

test('a run that was chosen among others is named in its command: without that the latest would be taken back', () => {
  const text = textOf(
    <RollbackDialog
      run={{ ...run, status: 'complete' }}
      isNamed
      isServed={false}
      onRollBack={() => undefined}
      onClose={() => undefined}
    />,
    [[[...migrationKeys.run(run.id), 'rollback', { exact: false, to: null }], plan]],
  )
  expect(text).toContain(`Take it back with npm run rollback -- --run ${run.id} Copy`)
})

test('what cannot be taken back like that is said, and nothing is offered', () => {
  const text = shown({ status: 'complete' }, { exact: false, to: null }, new Error('The journal is pruned.'))
  expect(text).toMatch(/It cannot be taken back like that The journal is pruned\. Leave it as it is$/)
})
