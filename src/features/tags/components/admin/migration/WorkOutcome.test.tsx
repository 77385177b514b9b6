import type { ComponentProps } from 'react'
import { expect, test } from 'vitest'
import {
  FunctionFailure,
  type WorkAnswer,
  type WorkCommand,
} from '../../../services/migrateThemesFunction.ts'
import { textOf } from '../testing/textOf.tsx'
import { WorkOutcome } from './WorkOutcome.tsx'

const nothing = { data: undefined, error: null, status: 'success', variables: undefined } as const
const said = (
  answer: Partial<WorkAnswer>,
  run: ComponentProps<typeof WorkOutcome>['run'] = null,
  variables?: WorkCommand,
) =>
  textOf(
    <WorkOutcome
      work={{ ...nothing, data: { outcome: '', again: false, ...answer }, variables }}
      run={run}
    />,
  )

test('what came of it is said in a sentence, with what it means', () => {
  expect(said({ outcome: 'complete' }, { status: 'complete' })).toBe(
    'Done: every song is migrated, validated and certified.',
  )
  expect(said({ outcome: 'rolled-back' }, { status: 'rolled_back' })).toBe('Rolled back.')
  expect(said({ outcome: 'partly-rolled-back' }, { status: 'paused' })).toMatch(
    /^Rolled back to where you wanted it/,
  )
  expect(said({ outcome: 'finalized' })).toBe('The old themes are archived and dropped.')
  expect(said({ outcome: 'nothing-to-do' })).toBe('Every song is migrated already, or there is none yet.')
  expect(said({ outcome: 'nothing-to-do' }, { status: 'cancelled' })).toBe(
    'The run has ended; nothing is left to do in it.',
  )
  expect(said({ outcome: 'nothing-to-do', message: 'No song is there.' })).toBe('No song is there.')
  expect(said({ outcome: 'paused' }, { status: 'paused' })).toBe('Paused; what is done stays.')
  expect(said({ outcome: 'failed', message: 'A check failed.' })).toBe('A check failed.')
  expect(said({ outcome: 'failed', message: 'A check failed.', advice: 'Look at it.' })).toBe(
    'A check failed. Look at it.',
  )
})

test('what could not be done says what to do instead', () => {
  expect(said({ outcome: 'too-large', message: 'It takes too long.' })).toMatch(
    /^It takes too long\. Nothing was changed\. Finalize from a terminal with npm run migrate -- --finalize/,
  )
  const requirements = [
    { name: 'a run stands', ok: true, advice: '' },
    { name: 'no drift', ok: false, advice: 'Check for it.' },
  ]
  expect(said({ outcome: 'not-ready', requirements })).toMatch(
    /^Not ready; nothing was changed\. Refused: 1 of 2 .* ✔ Holds: a run stands ✘ Missing: no drift Check for it\.$/,
  )
})

test('a songbook that is too large to be planned in one call is started from a terminal, with the plan as it was reviewed', () => {
  const tooLarge = { outcome: 'not-started', message: 'Reading all themes takes longer than one call may.' }
  expect(said(tooLarge)).toMatch(
    /^Reading all themes takes longer than one call may\. Nothing was changed\. Start it from a terminal with npm run migrate Copy/,
  )
  const reviewed: WorkCommand = { action: 'advance', start: true, plan: 'ab12' }
  expect(said(tooLarge, { status: 'rolled_back' }, reviewed)).toContain(
    'Export the plan, and start it from a terminal with npm run migrate -- --plan migration-plan.json',
  )
})

test('what others have changed since is no news any more', () => {
  expect(said({ outcome: 'paused' }, { status: 'running' })).toBe('')
  expect(said({ outcome: 'complete' }, { status: 'rolling_back' })).toBe('')
  expect(said({ outcome: 'rolled-back' }, { status: 'running' })).toBe('')
  expect(said({ outcome: 'not-started' }, { status: 'running' })).toBe('')
})

test('work under way, and work and pauses that fail, are told', () => {
  expect(textOf(<WorkOutcome work={undefined} run={null} />)).toBe('')
  expect(textOf(<WorkOutcome work={{ ...nothing, status: 'pending' }} run={null} />)).toBe(
    'The edge function is at work.',
  )
  const error = new FunctionFailure('It answered with 500.', false)
  const stop = { error: new Error('Broken.') }
  expect(textOf(<WorkOutcome work={{ ...nothing, error }} stop={stop} run={null} />)).toBe(
    'The edge function could not do it It answered with 500. What is committed is safe; try again. The run could not be stopped Broken.',
  )
})
