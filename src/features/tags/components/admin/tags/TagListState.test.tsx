import { type FetchStatus, onlineManager } from '@tanstack/react-query'
import { expect, onTestFinished, test } from 'vitest'
import type { DuplicatePair } from '../../../catalog/duplicatePairs.ts'
import type { CatalogTag } from '../../../catalog/types.ts'
import { tagKeys } from '../../../queries/tagKeys.ts'
import type { MergePreview } from '../../../services/adminTag.ts'
import { textOf } from '../testing/textOf.tsx'
import { DuplicateTags } from './DuplicateTags.tsx'
import { TagListState } from './TagListState.tsx'
import { TagMerge } from './TagMerge.tsx'

test('in place of the list stands why there is none', () => {
  const shown = (fetchStatus: FetchStatus, { isError = false, isEmpty = false, isFiltered = true } = {}) =>
    textOf(
      <TagListState
        page={{ isError, isFetching: fetchStatus === 'fetching', fetchStatus, refetch: () => undefined }}
        isEmpty={isEmpty}
        isFiltered={isFiltered}
        onShowAll={() => undefined}
      />,
    )
  expect(shown('idle', { isEmpty: true })).toMatch(/^No tag fits .* Show all tags$/)
  expect(shown('idle', { isEmpty: true, isFiltered: false })).toMatch(/^There are no tags yet .* New tag$/)
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

const id = (n: number) => `0a000000-0000-4000-8000-${String(n).padStart(12, '0')}`

test('a merge of no tag, of too many, of those that are gone or that cannot be read says what to do', () => {
  const shown = (from: readonly string[], found?: MergePreview | Error) =>
    textOf(
      <TagMerge />,
      found === undefined ? [] : [[[...tagKeys.admin(), 'merge', from, from[0]], found]],
      `/?${new URLSearchParams({ from: from.join(',') })}`,
    )
  expect(shown([])).toMatch(/^No tag is chosen .* Show all tags$/)
  expect(shown(['nonsense', ''])).toMatch(/^No tag is chosen/)
  expect(shown(Array.from({ length: 101 }, (_, n) => id(n)))).toContain('At most 100 tags are merged at once')
  const nothing: MergePreview = { into: null, from: [], songs: 0, both: 0, samples: [] }
  expect(shown([id(1), id(2)], nothing)).toMatch(/^The chosen tags are gone .* Show all tags$/)
  expect(shown([id(1)], new Error('No.'))).toMatch(/^The chosen tags could not be read .* Try again$/)
  expect(shown([id(1)])).toContain('Which tag stays?')
  onlineManager.setOnline(false)
  onTestFinished(() => onlineManager.setOnline(true))
  expect(shown([id(1)])).toMatch(/^You are offline/)
})

test('of the chosen tags those that are still there are merged', () => {
  const there = { songs: 2, isStandard: false, isMerged: false }
  const [grace, gone, mercy] = [id(1), id(2), id(3)]
  const preview: MergePreview = {
    into: { id: mercy, name: 'Mercy', songs: 2 },
    from: [{ id: grace, name: 'Grace', ...there }],
    songs: 2,
    both: 0,
    samples: [],
  }
  const text = textOf(
    <TagMerge />,
    [
      [
        [...tagKeys.admin(), 'merge', [grace, gone, mercy], grace],
        { ...preview, from: [...preview.from, { id: mercy, name: 'Mercy', ...there }] },
      ],
      [[...tagKeys.admin(), 'merge', [grace], mercy], preview],
    ],
    `/?${new URLSearchParams({ from: `${grace},${gone},${mercy}`, into: mercy })}`,
  )
  expect(text).toMatch(/2 songs with “Grace” will carry “ Mercy ”.* Merge “Grace” into “Mercy”$/)
})
