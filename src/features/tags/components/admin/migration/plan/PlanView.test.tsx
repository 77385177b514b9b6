import { expect, test } from 'vitest'
import { statusOf } from '../../../../migration/testing/shownStatus.ts'
import type { MadePlan } from '../../../../queries/migration/madePlan.ts'
import { migrationKeys } from '../../../../queries/migration/migrationKeys.ts'
import { textOf } from '../../testing/textOf.tsx'
import { PlanView } from './PlanView.tsx'

const nothing: MadePlan = {
  plan: { source: '', entries: [] },
  survey: {
    songs: 0,
    songsWithThemes: 0,
    songsAlreadyDone: 0,
    mentions: 0,
    bytes: 0,
    themes: new Map(),
    durationMs: 0,
  },
  known: new Map(),
}
const draft = { decisions: new Map(), before: [], fromBefore: 0, isKept: true }
const shown = (made: MadePlan | Error | undefined, status = statusOf({ run: null })) =>
  textOf(<PlanView />, [
    [migrationKeys.status(), status],
    [['personal', 'plan-draft'], draft],
    [[...migrationKeys.all, 'songs-read'], 5000],
    ...(made === undefined ? [] : [[migrationKeys.plan(), made] as const]),
  ])

test('in place of the plan stands why there is none', () => {
  expect(shown(nothing, statusOf())).toMatch(/^The plan is frozen while a run is on/)
  expect(shown(undefined)).toBe('Reading songs, and planning… 5,000')
  expect(shown(nothing)).toMatch(/^There is nothing to plan Every song is migrated already/)
  expect(shown(new Error('Broken.'))).toBe('The plan could not be made Broken. Try again')
  expect(textOf(<PlanView />)).toBe('')
  const unread = textOf(<PlanView />, [[migrationKeys.status(), new Error('Broken.')]])
  expect(unread).toBe('The run could not be read Broken. Try again')
})
