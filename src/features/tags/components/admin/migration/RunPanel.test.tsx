import { expect, test } from 'vitest'
import type { Run } from '../../../migration/migrationDatabase.ts'
import type { RunStatus } from '../../../migration/runStatus.ts'
import { run, secondsAgo, statusOf, worker } from '../../../migration/testing/shownStatus.ts'
import { textOf } from '../testing/textOf.tsx'
import { RunPanel } from './RunPanel.tsx'

const shown = (more: Partial<Run>, status: Partial<RunStatus> = {}) =>
  textOf(<RunPanel status={{ ...statusOf(status), run: { ...run, ...more } }}>what to do</RunPanel>)

test('a run at work shows how far it is, how fast, and who waits for what', () => {
  const text = shown({})
  expect(text).toMatch(
    /^Running began 2\d Nov 2026, .* 7,900 of 10,000 songs \(79%\) 1,240 songs\/s 2 s left/,
  )
  expect(text).toContain(
    'Waits: songs are held what to do Rate 1,240 songs/s Batches 77 Batch lately 640 songs',
  )
  expect(text).toContain('Workers 2 Retries 3 In quarantine 2')
  expect(text).toContain('largest 640, lately 640 songs')
  expect(text).toContain('lately 30 ms,')
  expect(text).toContain('seen 0.2 s ago · 4,000 songs in 40 batches · 1 retry')
  expect(text).not.toContain('Certificate')
})

test('before its first batch there is nothing to read, and each reading has its place', () => {
  const text = shown(
    { status: 'preparing', songs: 0, totalSongs: 0, batches: 0, quarantined: 0 },
    { rate: null, batchSizes: [], workers: [], events: [], profile: 'quiet' },
  )
  expect(text).toContain('0 of 0 songs (100%) what to do Rate – Batches 0 Batch lately –')
  expect(text).toContain('no batch yet Time a batch target 500 ms')
  expect(text).toContain('Nobody has worked on it in this session.')
})

test('one that is taken back counts back, and says who has left and what happened earlier', () => {
  const events = Array.from({ length: 8 }, (_, place) => ({
    at: secondsAgo(80 - place),
    from: null,
    to: 'rolling_back' as const,
    worker: place === 7 ? '' : 'ada',
    reason: `reason ${place}`,
  }))
  const text = shown(
    { status: 'rolling_back', songsRestored: 100, certificate: 'ab12' },
    { workers: [{ ...worker, leftAt: secondsAgo(3600 * 24) }], events },
  )
  expect(text).toMatch(/^Rolling back .* 100 of 7,900 songs \(1%\) 1,240 songs\/s 6 s left/)
  expect(text).toContain('Certificate ab12')
  expect(text).toMatch(/left 2\d Nov 2026, .* · 4,000 songs/)
  expect(text).toMatch(/Events .*reason 7 · somebody .*reason 2 · ada Earlier ones .*reason 1 · ada/)
})
