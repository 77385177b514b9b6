import { onlineManager } from '@tanstack/react-query'
import { Route, Routes } from 'react-router'
import { expect, onTestFinished, test } from 'vitest'
import { ServiceError } from '../../../../../lib/ServiceError.ts'
import { tagKeys } from '../../../queries/tagKeys.ts'
import type { TagDetails, TagUsage } from '../../../services/adminTag.ts'
import { textOf } from '../testing/textOf.tsx'
import { TagConsole } from './TagConsole.tsx'

const tag: TagDetails = {
  id: 'grace',
  name: 'Grace',
  normalizedName: 'grace',
  category: 'theme',
  colour: null,
  songs: 3,
  isStandard: false,
  needsReview: true,
  isBanned: false,
  createdAt: '2026-11-02T12:00:00Z',
  createdBy: null,
  seen: '',
  mergedInto: null,
  merged: [],
  synonyms: [],
}
const usage: TagUsage = { months: [], topSongs: [] }

const shown = (details: TagDetails | null | Error | undefined, used: TagUsage | Error = usage) =>
  textOf(
    <Routes>
      <Route path="/admin/tags/:tagId" element={<TagConsole />} />
    </Routes>,
    [
      ...(details === undefined ? [] : [[[...tagKeys.admin(), 'details', 'grace'], details] as const]),
      [[...tagKeys.admin(), 'usage', 'grace'], used],
    ],
    '/admin/tags/grace',
  )

test('a tag shows what it counts for, and what it was made from', () => {
  const custom = shown({ ...tag, createdBy: 'editor@example.org' })
  expect(custom).toContain('Theme to review 3 songs made on')
  expect(custom).toContain('by editor@example.org')
  expect(custom).toContain('Still to review: the migration made it, and nobody has decided on it')
  expect(custom).toContain('A custom tag: suggested after the standard ones. Make it a standard tag')
  expect(custom).toContain('Use No song carries it.')
  const banned = shown({ ...tag, needsReview: false, isStandard: true, isBanned: true, colour: '#224466' })
  expect(banned).toContain('A standard tag: suggested before custom ones. Make it a custom tag')
  expect(banned).toContain('Banned: hidden with its 3 links; nothing of it is lost. Lift the ban')
  expect(banned).toContain('#224466 Remove colour')
  expect(banned).not.toContain('to review')
})

test('a merged tag leads to the one that stands for it, and has nothing of its own to change', () => {
  const text = shown({ ...tag, mergedInto: { id: 'mercy', name: 'Mercy' } })
  expect(text).toContain('Merged Mercy stands for this tag: its songs carry that one. Undo merge')
  expect(text).not.toContain('Standing')
})

test('its use is told by month, also where there was none, and by song', () => {
  const months = [
    { month: '2026-09', songs: 2 },
    { month: '2026-11', songs: 1 },
  ]
  const song = { id: 'song', title: 'Abide', arrangements: 2 }
  const text = shown(tag, {
    months,
    topSongs: [
      { ...song, artist: 'Lyte' },
      { ...song, id: 'other', artist: null },
    ],
  })
  expect(text).toContain('2 songs in the month with most 2026-09 2026-11')
  expect(text).toContain('November 2026 1 September 2026 2')
  expect(text).toMatch(/Abide Lyte · 2 arrangements Abide 2 arrangements$/)
  expect(shown(tag, { ...usage, months: months.slice(1) })).toContain('with most 2026-11 Month by month')
  expect(shown(tag, new Error('No.'))).toMatch(/How it is used could not be read\. Try again$/)
})

test('a tag that is not there, one that cannot be read and an address that is none are told apart', () => {
  const failure = (code: string) => new ServiceError('No.', { status: 400, code, cause: undefined })
  expect(shown(null)).toContain('There is no such tag')
  expect(shown(failure('22P02'))).toContain('There is no such tag')
  expect(shown(failure('PGRST000'))).toContain('The tag could not be read')
  expect(shown(undefined)).not.toContain('offline')
  onlineManager.setOnline(false)
  onTestFinished(() => onlineManager.setOnline(true))
  expect(shown(undefined)).toContain('You are offline')
})
