import { expect, test } from 'vitest'
import type { CatalogTag, MatchKind, Suggestion } from './catalog/types.ts'
import { tagOptions } from './tagOptions.ts'
import type { ChosenTag } from './types.ts'

function tag(name: string): CatalogTag {
  return { id: name, name, category: 'theme', colour: null, isStandard: true, usage: 3, synonyms: [] }
}
function match(name: string, kind: MatchKind): Suggestion {
  return { tag: tag(name), kind, via: null, highlights: [] }
}
const chosen = (name: string, id: string | null = name): ChosenTag => ({ id, name, category: 'theme' })

function rows(given: Partial<Parameters<typeof tagOptions>[0]>): string[] {
  return tagOptions({ query: '', popular: [], suggestions: [], near: [], chosen: [], ...given }).map(
    ({ kind, name }) => `${kind} ${name}`,
  )
}

test('an empty field offers the most used tags that are not chosen yet', () => {
  const popular = [tag('Grace'), tag('Hope')]
  expect(rows({ popular, chosen: [chosen('Grace')] })).toEqual(['popular Hope'])
})

test('what was typed is offered as a new tag below what fits', () => {
  expect(rows({ query: 'gra', suggestions: [match('Grace', 'prefix')] })).toEqual([
    'suggested Grace',
    'new gra',
  ])
})

test('a tag that exists is not offered anew, however it is spelled', () => {
  const grace = match('Grace', 'exact')
  expect(rows({ query: 'GRACE', suggestions: [grace], near: [grace] })).toEqual(['suggested Grace'])
  expect(rows({ query: 'gráce', chosen: [chosen('Grace', null)] })).toEqual([])
})

test('a misspelled tag is asked about first, also when the suggestions leave it out', () => {
  const thanks = match('Thanksgiving', 'typo')
  expect(rows({ query: 'Thanksgivng', suggestions: [thanks], near: [thanks] })).toEqual([
    'meant Thanksgiving',
    'new Thanksgivng',
  ])
  expect(rows({ query: 'Thanksgivng', near: [thanks] })[0]).toBe('meant Thanksgiving')
})

test('a blank name and one that is too long are offered to nobody', () => {
  expect(rows({ query: '---' })).toEqual([])
  expect(rows({ query: 'x'.repeat(51) })).toEqual([])
})
