import { expect, test } from 'vitest'
import { catalogTag as tag } from '../../../../scripts/testing/catalogTag.ts'
import { narrowSuggestions } from './narrowSuggestions.ts'
import type { SuggestedTags } from './tagService.ts'

const answer: SuggestedTags = {
  query: 'g',
  complete: true,
  suggestions: [
    { tag: tag('Grace', { isStandard: true }), kind: 'prefix', via: null },
    { tag: tag('Grateful', { usage: 3 }), kind: 'prefix', via: null },
    { tag: tag('Gratitude', { usage: 9 }), kind: 'prefix', via: null },
    { tag: tag('Thanksgiving', { synonyms: ['Giving', 'Gräte'] }), kind: 'prefix', via: 'Giving' },
    { tag: tag('Means of Grace'), kind: 'word-prefix', via: null },
    { tag: tag('Song'), kind: 'infix', via: null },
  ],
}
const narrowed = (query: string) =>
  narrowSuggestions(answer, query)?.suggestions.map(({ tag: { name }, kind, via }) => [name, kind, via])

test('keeps what begins with the longer query, ranked anew, by whichever name does', () => {
  expect(narrowed('gra')).toEqual([
    ['Grace', 'prefix', null],
    ['Gratitude', 'prefix', null],
    ['Grateful', 'prefix', null],
    ['Thanksgiving', 'prefix', 'Gräte'],
    ['Means of Grace', 'word-prefix', null],
  ])
  expect(narrowed('grace')).toEqual([
    ['Grace', 'exact', null],
    ['Means of Grace', 'word-prefix', null],
  ])
})

test('the narrowed answer is complete, too', () => {
  expect(narrowSuggestions(answer, 'gra')).toMatchObject({ query: 'gra', complete: true })
})

test.each([
  ['an incomplete answer', { ...answer, complete: false }, 'gra'],
  ['the answer to another query', answer, 'hope'],
  ['an answer in which nothing begins like that', answer, 'grcae'],
])('%s says nothing', (_, given, query) => {
  expect(narrowSuggestions(given, query)).toBeNull()
})

test('what fits equally well is ranked by use, and then by name', () => {
  const equal = ['Gravity', 'Grace', 'Grape'].map((name) => ({
    tag: tag(name, { usage: name === 'Grape' ? 2 : 1 }),
    kind: 'prefix' as const,
    via: null,
  }))
  const found = narrowSuggestions({ query: 'g', complete: true, suggestions: equal }, 'gra')
  expect(found?.suggestions.map(({ tag: { name } }) => name)).toEqual(['Grape', 'Grace', 'Gravity'])
})
