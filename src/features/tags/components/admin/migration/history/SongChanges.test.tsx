import { expect, test } from 'vitest'
import type { SongHistory, SongRun } from '../../../../migration/songHistory.ts'
import { migrationKeys } from '../../../../queries/migration/migrationKeys.ts'
import { textOf } from '../../testing/textOf.tsx'
import { SongChanges } from './SongChanges.tsx'

const song: SongHistory = {
  id: 'song',
  title: 'Abide with me',
  now: { themes: ['Grace'], tags: ['Grace'], isMigrated: true },
  runs: [],
  quarantined: null,
}
const run: SongRun = {
  id: 'run',
  status: 'rolled_back',
  startedAt: new Date('2026-11-20T10:00'),
  at: new Date('2026-11-20T10:05'),
  batch: 3,
  isBorn: false,
  isForgotten: false,
  rolledBackAt: new Date('2026-11-21T09:00'),
  before: { themes: ['grace', null, ['nested']], tags: ['Hope'] },
  migrated: ['Grace'],
}
const shown = (history: SongHistory | null) =>
  textOf(<SongChanges songId="song" />, [[migrationKeys.song('song'), history]])

test('a song shows what it had before the run, what the run made of it, and what it has now', () => {
  expect(shown({ ...song, runs: [run] })).toBe(
    'Abide with me Run of 20 Nov 2026, 10:00 (rolled back): batch 3, 20 Nov 2026, 10:05, taken back 21 Nov 2026, 09:00 ' +
      'Before “grace” NULL [&quot;nested&quot;] Hope ' +
      'Migrated + Grace , added − Hope , removed Now “Grace” Grace',
  )
})

test('a song that came while the run was on, and one whose before-image was erased, say so', () => {
  const born = { ...run, at: null, isBorn: true, rolledBackAt: null, isForgotten: true }
  const text = shown({ ...song, now: { themes: null, tags: [], isMigrated: true }, runs: [born] })
  expect(text).toContain('(rolled back): came while the run was on, 20 Nov 2026, 10:00 Before')
  expect(text).toContain('Before Its before-image was erased. Hope')
  expect(text).toMatch(/Now themes NULL − Grace , removed$/)
})

test('a song that no run has is shown as it is, and why', () => {
  expect(shown(song)).toContain('No run has it in its journal. Now “Grace” Grace')
  const waiting = {
    ...song,
    now: { themes: [], tags: [], isMigrated: false },
    quarantined: { sqlstate: '23514', message: 'Stuck is no tag.', attempts: 1 },
  }
  expect(shown(waiting)).toBe(
    'Abide with me In quarantine: Stuck is no tag. It is not migrated yet. Now themes {} no tag',
  )
  expect(shown(null)).toBe('There is no such song any more.')
  expect(textOf(<SongChanges songId="song" />)).toBe('Reading the journal…')
})
