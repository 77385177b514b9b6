import { describe, expect, test } from 'vitest'
import { foldName } from '../../../lib/folding.ts'
import { normalizeThemes } from '../../songs/validation/utils/themeNormalization.ts'
import { accepted, becoming, inCategory, isOpen, kept, renaming } from './planDecisions.ts'
import { parsePlan, serializePlan } from './planFile.ts'
import { PlanTally } from './planTally.ts'
import type { PlanEntry } from './types.ts'

const THEMES = [
  'Pryaer',
  'Prayer',
  'Mercy and Hope',
  'A tag of its own',
  'a tag of its OWN',
  '  ',
  'x'.repeat(60),
]
const entries = normalizeThemes(
  THEMES.map((rawTheme) => ({ rawTheme, songs: 2 })),
  { fuzzy: 'review' },
)
const of = (rawTheme: string): PlanEntry => {
  const found = entries.find((entry) => entry.rawTheme === rawTheme)
  if (found === undefined) throw new Error(`no entry ${rawTheme}`)
  return found
}

describe('a decision', () => {
  test('to accept applies the proposal, and to keep takes it away', () => {
    expect(accepted(of('Pryaer'))).toMatchObject({ proposal: ['Prayer'], accept: true })
    expect(kept(accepted(of('Pryaer')))).toMatchObject({ tag: 'Pryaer', proposal: null, accept: false })
  })

  test('changes nothing where there is nothing to decide, and is then the same entry', () => {
    expect(accepted(of('Prayer'))).toBe(of('Prayer'))
    expect(kept(of('Prayer'))).toBe(of('Prayer'))
    expect(accepted(accepted(of('Pryaer')))).toEqual(accepted(of('Pryaer')))
    expect(inCategory(of('Prayer'), of('Prayer').category)).toBe(of('Prayer'))
    expect(renaming(of('Prayer'), 'hope', 'Hoping')).toBe(of('Prayer'))
    expect(becoming(of('Prayer'), [])).toBe(of('Prayer'))
    for (const theme of ['  ', 'x'.repeat(60)]) {
      expect(isOpen(of(theme))).toBe(false)
      expect(becoming(of(theme), ['Hope'])).toBe(of(theme))
      expect(inCategory(of(theme), 'mood')).toBe(of(theme))
    }
  })

  test('on a category changes nothing else', () => {
    expect(inCategory(of('A tag of its own'), 'mood')).toEqual({
      ...of('A tag of its own'),
      category: 'mood',
    })
  })

  test('to rename reaches every theme that becomes the tag', () => {
    const renamed = entries.map((entry) => renaming(entry, foldName('A tag of its own'), 'Ours'))
    expect(renamed.filter(({ tag }) => tag === 'Ours').map(({ rawTheme }) => rawTheme)).toEqual([
      'A tag of its own',
      'a tag of its OWN',
    ])
    expect(renaming(becoming(of('Prayer'), ['Hope', 'Joy']), 'joy', 'Gladness').proposal).toEqual([
      'Hope',
      'Gladness',
    ])
  })

  test('of any kind leaves a plan that the file can say', () => {
    const decided = [
      accepted(of('Pryaer')),
      becoming(of('Prayer'), ['Hope', 'Joy']),
      kept(of('Mercy and Hope')),
      inCategory(of('A tag of its own'), 'mood'),
    ]
    const plan = { source: 'a'.repeat(64), entries: decided }
    expect(parsePlan(serializePlan(plan)).entries).toEqual(
      decided.toSorted((a, b) => (a.rawTheme < b.rawTheme ? -1 : 1)),
    )
  })
})

test('what a plan comes to follows decisions as if it were counted anew', () => {
  const known = (folded: string) => folded === 'prayer'
  const tally = new PlanTally(entries, known)
  const made = tally.effect([])
  expect(made).toEqual({ themes: 7, known: 1, made: 3, toReview: 2 })
  const changes = [
    [of('Pryaer'), accepted(of('Pryaer'))],
    [of('Mercy and Hope'), becoming(of('Mercy and Hope'), ['Mercy', 'Hope', 'Prayer'])],
  ] as const
  const now = entries.map((entry) => changes.find(([before]) => before === entry)?.[1] ?? entry)
  expect(tally.effect(changes)).toEqual(new PlanTally(now, known).effect([]))
  expect(tally.effect(changes)).toEqual({ themes: 7, known: 1, made: 3, toReview: 0 })
})
