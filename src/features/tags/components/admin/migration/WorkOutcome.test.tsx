import { expect, test } from 'vitest'
import { FunctionFailure, type WorkAnswer } from '../../../services/migrateThemesFunction.ts'
import { textOf } from '../testing/textOf.tsx'
import { WorkOutcome } from './WorkOutcome.tsx'

const nothing = { data: undefined, error: null, isPending: false }
const said = (answer: Partial<WorkAnswer>) =>
  textOf(
    <WorkOutcome
      work={{ ...nothing, data: { outcome: '', again: false, ...answer } }}
      stop={{ error: null }}
    />,
  )

test('what came of it is said in a sentence, with what it means', () => {
  expect(said({ outcome: 'complete' })).toBe('Done: every song is migrated, validated and certified.')
  expect(said({ outcome: 'rolled-back' })).toBe('Rolled back.')
  expect(said({ outcome: 'partly-rolled-back' })).toMatch(/^Rolled back to where you wanted it/)
  expect(said({ outcome: 'finalized' })).toBe('The old themes are archived and dropped.')
  expect(said({ outcome: 'nothing-to-do' })).toBe('Every song is migrated already.')
  expect(said({ outcome: 'nothing-to-do', message: 'No song is there.' })).toBe('No song is there.')
  expect(said({ outcome: 'paused' })).toBe('Paused; what is done stays.')
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

test('work under way, and work and pauses that fail, are told', () => {
  expect(textOf(<WorkOutcome work={nothing} stop={{ error: null }} />)).toBe('')
  expect(textOf(<WorkOutcome work={{ ...nothing, isPending: true }} stop={{ error: null }} />)).toBe(
    'The edge function is at work.',
  )
  const error = new FunctionFailure('It answered with 500.', false)
  expect(textOf(<WorkOutcome work={{ ...nothing, error }} stop={{ error: new Error('Broken.') }} />)).toBe(
    'The edge function could not do it It answered with 500. What is committed is safe; try again. The run could not be stopped Broken.',
  )
})
