import { expect, test } from 'vitest'
import { statusOf } from '../../../migration/testing/shownStatus.ts'
import { migrationKeys } from '../../../queries/migration/migrationKeys.ts'
import { textOf } from '../testing/textOf.tsx'
import { PlanStart } from './plan/PlanStart.tsx'
import { RunView } from './RunView.tsx'

const shown = (served: boolean | Error) =>
  textOf(<RunView />, [
    [migrationKeys.status(), statusOf({ run: null })],
    [migrationKeys.served(), served],
  ])

test('before the first run there is a way to start it, whoever works for the page', () => {
  expect(shown(true)).toMatch(/^There is no run yet .* Start migration$/)
  expect(shown(false)).toMatch(/The edge function is not deployed here, .* npm run migrate Copy/)
  const broken = shown(new Error('It answered with 500.'))
  expect(broken).toMatch(/The edge function does not answer as it should, .* npm run migrate Copy/)
  const startsReviewed = textOf(<PlanStart review={{ reviewed: () => ({ source: '', entries: [] }) }} />, [
    [migrationKeys.served(), new Error('It answered with 500.')],
  ])
  expect(startsReviewed).toContain('npm run migrate -- --plan migration-plan.json')
})

test('a run that could not be read is said, with a way to try again', () => {
  const text = textOf(<RunView />, [[migrationKeys.status(), new Error('Broken.')]])
  expect(text).toBe('The run could not be read Broken. Try again')
})
