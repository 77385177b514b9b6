import type { FetchStatus } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { ServiceError } from '../../../../../lib/ServiceError.ts'
import type { MergePreview } from '../../../services/adminTag.ts'
import { textOf } from '../testing/textOf.tsx'
import { MergeEffect } from './MergeEffect.tsx'

const from = (name: string, isMerged = false) => ({ id: name, name, songs: 3, isStandard: false, isMerged })
const preview: MergePreview = {
  into: { id: 'christmas', name: 'Christmas', songs: 10 },
  from: [from('Xmas')],
  songs: 3,
  both: 0,
  samples: [],
}
const shown = (
  data: MergePreview | undefined,
  error: Error | null = null,
  { busy = false, fetchStatus = 'idle' as FetchStatus } = {},
) =>
  textOf(
    <MergeEffect
      preview={{ data, error, fetchStatus, isPlaceholderData: false }}
      busy={busy}
      onMerge={() => undefined}
    />,
  )

test('what a merge does is said in songs: how many change, how many have the tag already', () => {
  expect(shown(preview)).toBe(
    'What changes 3 songs with “Xmas” will carry “ Christmas ”. That tag will then be on 13 songs. ' +
      'The name “Xmas” and its synonyms lead to it from then on. Undone, every song is as before. ' +
      'Merge “Xmas” into “Christmas”',
  )
  const several = shown({ ...preview, from: [from('Xmas'), from('Noel')], both: 1 }, null, { busy: true })
  expect(several).toContain('; 1 of them carries it already. That tag will then be on 12 songs.')
  expect(several).toContain('The names “Xmas” and “Noel” and their synonyms lead to it')
  expect(several).toMatch(/Merging…$/)
})

test('what cannot be merged, and what is not known, is said instead', () => {
  expect(shown({ ...preview, into: null })).toContain('Choose two different tags that are there.')
  expect(shown({ ...preview, from: [] })).toContain('Choose two different tags that are there.')
  expect(shown({ ...preview, from: [from('Xmas', true), from('Noel')] })).toContain(
    '“Xmas”: merged already. Undo that first.',
  )
  expect(shown(undefined)).toBe('What changes')
  expect(shown(undefined, null, { fetchStatus: 'paused' })).toMatch(/^You are offline/)
  const error = new ServiceError('No.', { status: 0, code: undefined, cause: undefined })
  expect(shown(undefined, error)).toContain('What it changes is not known')
})
