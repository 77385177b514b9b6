import { expect, test } from 'vitest'
import { catalogTag as tag } from '../../../../scripts/testing/catalogTag.ts'
import { createScanningMatcher } from './scanningMatcher.ts'
import { createTagMatcher } from './tagMatcher.ts'
import type { CatalogTag } from './types.ts'

const tags: CatalogTag[] = [
  tag('Thanksgiving', { isStandard: true, usage: 9, synonyms: ['Thanks', 'Gratitude'] }),
  tag('Thankful heart', { usage: 30 }),
  tag('Give thanks', { isStandard: true, usage: 4 }),
  tag('Mother’s Day', { usage: 2 }),
  tag('Straße & Weg', { usage: 1 }),
  tag('Пасха', { synonyms: ['Easter'] }),
]

const found = (query: string, limit = 8) =>
  createScanningMatcher(tags)
    .suggest(query, { limit })
    .map(({ tag: { name }, kind, via }) => [name, kind, via])

test('names that begin so come before words that do, standard before custom', () => {
  expect(found('thank')).toEqual([
    ['Thanksgiving', 'prefix', null],
    ['Thankful heart', 'prefix', null],
    ['Give thanks', 'word-prefix', null],
  ])
  expect(found('thank', 1)).toHaveLength(1)
})

test('a synonym is named when it matches better than the name', () => {
  expect(found('thanks')[0]).toEqual(['Thanksgiving', 'exact', 'Thanks'])
  expect(found('easter')).toEqual([['Пасха', 'exact', 'Easter']])
})

test.each(['mothers', 'MOTHER’S', 'strasse', 'and weg', 'пас', 'thanksg', 'give'])(
  '%s: marks on the original spelling what the index marks',
  (query) => {
    const [scanned] = createScanningMatcher(tags).suggest(query, { limit: 8 })
    const [indexed] = createTagMatcher(tags).suggest(query, { limit: 8 })
    expect(scanned).toEqual(indexed)
  },
)

test('leaves out what is chosen, and answers nothing with nothing', () => {
  const matcher = createScanningMatcher(tags)
  expect(matcher.suggest('thanksgiving', { limit: 8, chosen: new Set(['Thanksgiving']) })).toEqual([])
  for (const query of ['', '  ', '\ud800', 'x'.repeat(10_000)]) expect(found(query)).toEqual([])
})

test('knows a name that is there already, by its own or another name', () => {
  const matcher = createScanningMatcher(tags)
  expect(matcher.nearDuplicates('GRATITUDE').map(({ tag: { name } }) => name)).toEqual(['Thanksgiving'])
  expect(matcher.nearDuplicates('Gratitudes')).toEqual([])
})
