import { expect, test } from 'vitest'
import type { ContractState } from '../../../migration/contractStep.ts'
import { migrationKeys } from '../../../queries/migration/migrationKeys.ts'
import { textOf } from '../testing/textOf.tsx'
import { FinalizeDialog } from './FinalizeDialog.tsx'

const state = (phase: ContractState['phase'], ok: boolean): ContractState => ({
  phase,
  songs: 1200,
  requirements: [{ name: 'a run stands', ok, advice: 'Migrate first.' }],
})
const shown = (answer: ContractState | Error, isServed = true) =>
  textOf(<FinalizeDialog isServed={isServed} onFinalize={() => undefined} onClose={() => undefined} />, [
    [migrationKeys.contract(14), answer],
  ])

test('the list comes first; the word is asked for when nothing is missing, or a command does it', () => {
  const refused = shown(state('kept', false))
  expect(refused).toContain('Refused: 1 of 1 still missing. Nothing was changed.')
  expect(refused).toMatch(/Missing: a run stands Migrate first\. Check once around for drift Close$/)
  expect(shown(state('kept', false), false)).toMatch(/Migrate first\. Close$/)
  expect(shown(state('kept', true))).toMatch(
    /Nothing is missing\. .* Type the number of songs, 1,200, to go on Drop the old themes Leave them$/,
  )
  expect(shown(state('kept', true), false)).toContain(
    'Drop the themes of 1,200 songs with npm run migrate -- --finalize Copy',
  )
})

test('what is dropped already, and a list that cannot be made, are said', () => {
  expect(shown(state('dropped', true))).toMatch(/The old themes are archived and dropped already\. Close$/)
  expect(shown(new Error('Broken.'))).toMatch(/The list could not be made Broken\. Close$/)
})
