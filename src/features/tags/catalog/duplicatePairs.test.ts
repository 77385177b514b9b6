import { expect, test } from 'vitest'
import { catalogTag } from '../../../../scripts/testing/catalogTag.ts'
import { duplicatePairs } from './duplicatePairs.ts'
import { runAtOnce } from './matcher/steps.ts'
import type { CatalogTag } from './types.ts'

const find = (tags: CatalogTag[]) =>
  runAtOnce(duplicatePairs(tags, () => undefined)).map(({ keep, merge, via }) => [merge.name, keep.name, via])

test('tags whose names differ in a letter, in spaces or in the plural are pairs, each once', () => {
  expect(
    find([
      catalogTag('Thanksgiving', { usage: 40 }),
      catalogTag('Thanksgivng', { usage: 7 }),
      catalogTag('Holy Week', { usage: 9 }),
      catalogTag('Holyweek', { usage: 3 }),
      catalogTag('Entirely different', { usage: 90 }),
    ]),
  ).toEqual([
    ['Thanksgivng', 'Thanksgiving', null],
    ['Holyweek', 'Holy Week', null],
  ])
})

test('a standard tag stays, however little it is used; two of them are no pair', () => {
  expect(
    find([
      catalogTag('Lamplight', { isStandard: true, usage: 0 }),
      catalogTag('Lampligt', { usage: 50 }),
      catalogTag('Lamplights', { isStandard: true, usage: 2 }),
    ]),
  ).toEqual([['Lampligt', 'Lamplight', null]])
})

test('a tag whose name is nearly a synonym is a pair by it', () => {
  expect(
    find([
      catalogTag('Eucharist', { usage: 5, synonyms: ['Breadbreaking'] }),
      catalogTag('Breadbraeking', { usage: 1 }),
    ]),
  ).toEqual([['Breadbraeking', 'Eucharist', 'Breadbreaking']])
})
