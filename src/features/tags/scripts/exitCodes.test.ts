import { expect, it } from 'vitest'
import type { CheckedValidation, MigrationResult } from '../migration/types.ts'
import { exitCodeOfMigration, exitCodeOfRollback, exitCodeOfValidation } from './exitCodes.ts'

const check = (ok: boolean, critical: boolean): CheckedValidation => ({
  name: '',
  query: '',
  expectedResult: 0,
  critical,
  actual: ok ? 0 : 1,
  ok,
  differences: [],
})
const quarantined = { songId: '1', error: '', context: {}, recoverable: false }

it.each<[Pick<MigrationResult, 'phase' | 'errors' | 'checks'>, number]>([
  [{ phase: 'complete', errors: [], checks: [check(true, true)] }, 0],
  [{ phase: 'nothing-to-do', errors: [], checks: [] }, 0],
  [{ phase: 'complete', errors: [quarantined], checks: [] }, 3],
  [{ phase: 'complete', errors: [], checks: [check(false, false)] }, 3],
  [{ phase: 'failed', errors: [], checks: [check(false, true)] }, 3],
  [{ phase: 'rolled-back', errors: [], checks: [check(false, true)] }, 3],
  // Another worker validated, and has the checks.
  [{ phase: 'failed', errors: [], checks: [] }, 3],
  [{ phase: 'paused', errors: [quarantined], checks: [] }, 130],
  [{ phase: 'left', errors: [], checks: [] }, 130],
])('a migration that ended as %j exits with %i', (result, code) => {
  expect(exitCodeOfMigration(result)).toBe(code)
})

it('says how validation and rollback ended', () => {
  expect([exitCodeOfValidation({ valid: true }), exitCodeOfValidation({ valid: false })]).toEqual([0, 3])
  const phases = ['rolled-back', 'partly-rolled-back', 'incomplete', 'paused'] as const
  expect(phases.map((phase) => exitCodeOfRollback({ phase }))).toEqual([0, 0, 3, 130])
})
