import { expect, test } from 'vitest'
import type { Run } from '../../../migration/migrationDatabase.ts'
import { run, statusOf } from '../../../migration/testing/shownStatus.ts'
import { deedsFor } from './runDeeds.ts'

const labels = (status: Run['status'], isWorking = false, workers = statusOf().workers) =>
  deedsFor(statusOf({ run: { ...run, status }, workers }), isWorking).map(({ label }) => label)

test('what can be done about a run follows from where it stands', () => {
  expect(deedsFor(statusOf({ run: null }), false).map(({ label }) => label)).toEqual(['Start migration'])
  expect(labels('preparing')).toEqual(['Pause', 'Cancel run…'])
  expect(labels('validating')).toEqual(['Pause', 'Cancel run…'])
  expect(labels('paused')).toEqual(['Resume', 'Cancel run…', 'Roll back…'])
  expect(labels('failed')).toEqual(['Resume', 'Cancel run…', 'Roll back…'])
  expect(labels('cancelled')).toEqual(['Migrate the rest', 'Roll back…'])
  expect(labels('complete')).toEqual(['Roll back…', 'Finalize…'])
  expect(labels('rolled_back')).toEqual(['Migrate again'])
})

test('what nobody works on any more can be gone on with, but not beside this page', () => {
  expect(labels('running', false, [])).toEqual(['Pause', 'Go on', 'Cancel run…'])
  expect(labels('running', true, [])).toEqual(['Pause', 'Cancel run…'])
  expect(labels('rolling_back')).toEqual(['Go on rolling back…'])
  expect(labels('rolling_back', true)).toEqual([])
})
