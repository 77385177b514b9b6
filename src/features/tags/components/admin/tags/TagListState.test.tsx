import type { FetchStatus } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import type { DuplicatePair } from '../../../catalog/duplicatePairs.ts'
import type { CatalogTag } from '../../../catalog/types.ts'
import { tagKeys } from '../../../queries/tagKeys.ts'
import { textOf } from '../testing/textOf.tsx'
import { DuplicateTags } from './DuplicateTags.tsx'
import { TagListState } from './TagListState.tsx'
import { TagMerge } from './TagMerge.tsx'

test('in place of the list stands why there is none', () => {
  const shown = (fetchStatus: FetchStatus, { isError = false, isEmpty = false } = {}) =>
    textOf(
      <TagListState
        page={{ isError, isFetching: fetchStatus === 'fetching', fetchStatus, refetch: () => undefined }}
        isEmpty={isEmpty}
        onShowAll={() => undefined}
      />,
    )
  expect(shown('idle', { isEmpty: true })).toMatch(/^No tag fits .* Show all tags$/)
  expect(shown('paused')).toMatch(/^You are offline/)
  expect(shown('idle', { isError: true })).toMatch(/^The tags could not be read .* Try again$/)
  expect(shown('fetching')).toBe('')
})

const tag = (id: string, isStandard: boolean): CatalogTag => ({
  id,
  name: `Tag ${id}`,
  category: 'theme',
  colour: null,
  isStandard,
  usage: 2,
  synonyms: [],
})
const pairs = (count: number): DuplicatePair[] =>
  Array.from({ length: count }, (_, n) => ({
    keep: tag(`a${n}`, true),
    merge: tag(`b${n}`, false),
    via: null,
  }))

test('pairs of nearly the same tags are listed fifty at a time', () => {
  const shown = (found: DuplicatePair[] | Error) =>
    textOf(<DuplicateTags />, [
      [[...tagKeys.admin(), 'duplicates'], found],
      [[...tagKeys.admin(), 'kept-apart'], [{ one: 'a0', other: 'b0' }]],
    ])
  const some = shown(pairs(2))
  expect(some).toMatch(/^1 pair found Look again Tag b1 → Tag a1 1 letter · 2 songs would change/)
  expect(some).toContain('with “ Tag a1 ”, standard')
  expect(shown(pairs(60))).toMatch(/^59 pairs found .* Tag b50 .* Show more pairs$/)
  expect(shown([])).toContain('No two tags are nearly the same')
  expect(shown(new Error('No.'))).toContain('The tags could not be looked through')
})

test('a merge of no tag says where tags are chosen', () => {
  expect(textOf(<TagMerge />)).toMatch(/^No tag is chosen .* Show all tags$/)
})
