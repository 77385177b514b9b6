import { describe, expect, it } from 'vitest'
import type { Run } from '../../migration/migrationDatabase.ts'
import type { RunStatus } from '../../migration/runStatus.ts'
import { displayWidth } from './displayWidth.ts'
import { sparkline } from './sparkline.ts'
import { statusLines, statusSentence } from './statusReport.ts'
import { createStyle } from './style.ts'

const now = new Date('2026-11-22T20:01:30Z')
const at = (seconds: number) => new Date(now.getTime() - seconds * 1000)

const run: Run = {
  id: '0c5e0000-0000-4000-8000-000000000001',
  status: 'running',
  epoch: 1,
  planHash: '',
  totalSongs: 10_000,
  worker: 'ada on host, process 7',
  certificate: null,
  failure: null,
  exactRollback: null,
  rollbackToBatch: null,
  rollbackToTime: null,
  startedAt: at(3600 * 26),
  finishedAt: null,
  rolledBackAt: null,
  prunedAt: null,
  idleSeconds: 0.2,
  batches: 77,
  songs: 7900,
  themes: 0,
  linksCreated: 0,
  songsRestored: 0,
  linksRemoved: 0,
  songsToRestore: 0,
  tagsRemoved: 0,
  lastSong: null,
  tagsCreated: 0,
  tagsReused: 0,
  quarantined: 2,
}
const worker = {
  name: 'ada on host, process 7',
  since: at(60),
  seenAt: at(0.2),
  leftAt: null,
  batches: 40,
  songs: 4000,
  retries: 1,
  waitingFor: null,
  waitingSince: null,
}
const status = (more: Partial<RunStatus> = {}): RunStatus => ({
  now,
  run,
  rate: 1240,
  retries: 3,
  batchSizes: [100, 200, 400, 640].map((songs, place) => ({ until: at(40 - place), songs, durationMs: 30 })),
  workers: [worker, { ...worker, name: 'bob\u001b[2J', songs: 3900, waitingFor: 'songs are held' }],
  events: [
    { at: at(70), from: null, to: 'preparing', worker: worker.name, reason: 'started' },
    {
      at: at(60),
      from: 'preparing',
      to: 'running',
      worker: worker.name,
      reason: 'every planned tag is committed',
    },
  ],
  ...more,
})
const style = createStyle({ unicode: true, colours: false })
const lines = (width: number, more?: Partial<RunStatus>) =>
  statusLines(status(more), { style, width, isVerbose: false })

describe('how a run is doing', () => {
  it('says all that an admin wants to know, within the width', () => {
    const shown = lines(110)
    for (const text of [
      'running',
      'began 2026-11-21 18:01 UTC',
      '7,900 of 10,000 songs (79%)   1,240 songs/s   2 s left',
      '77 batches',
      'of 640 songs lately   ▂▃▆█',
      '3 retries',
      '2 songs in quarantine',
      'songs are held',
      'seen 0.2 s ago',
      'every planned tag is committed',
      'Pause with: npm run migrate -- --pause',
    ])
      expect(shown.join('\n')).toContain(text)
    expect(shown.join('')).not.toMatch(/\p{Cc}/u)
  })

  it.each([40, 80, 120])('fits into %i columns', (width) => {
    // A line that wrapped would be left behind when the next look replaces it.
    const waitingFor = 'another try: '.repeat(20)
    const shown = lines(width, { workers: [{ ...worker, waitingFor }] })
    for (const line of shown) expect(displayWidth(line)).toBeLessThanOrEqual(width)
  })

  it.each<[string, Partial<RunStatus>, string]>([
    [
      'paused',
      {
        run: { ...run, status: 'paused' },
        events: [{ at: now, from: 'running', to: 'paused', worker: 'ada', reason: '' }],
      },
      'paused by ada',
    ],
    [
      'failed',
      { run: { ...run, status: 'failed', failure: { code: 'database', message: 'The disk is full.' } } },
      'failed: The disk is full.',
    ],
    ['abandoned', { run: { ...run, idleSeconds: 60 }, workers: [] }, 'nobody seems to work on it'],
  ])('a run that is %s says why it waits', (_, more, reason) => {
    expect(lines(80, more).join('\n')).toContain(reason)
    expect(statusSentence(status(more))).toContain(reason)
  })

  it.each<[Run['status'], string]>([
    ['preparing', '--cancel'],
    ['validating', '--pause'],
    ['paused', '--resume'],
    ['failed', '--resume'],
    ['cancelled', 'Migrate the rest'],
    ['complete', 'npm run validate'],
    ['rolling_back', 'npm run rollback'],
    ['rolled_back', 'Migrate again'],
  ])('a run that is %s says what can be done', (state, step) => {
    expect(lines(120, { run: { ...run, status: state } }).at(-1)).toContain(step)
  })

  it('counts back while it is taken back', () => {
    const back = status({ run: { ...run, status: 'rolling_back', songsRestored: 100 } })
    expect(statusSentence(back)).toContain('100 of 7,900 songs (1%), 1,240 songs/s, 6 s left')
  })

  it('is one line in a log', () => {
    expect(statusSentence(status())).toBe(
      '20:01:30  running  7,900 of 10,000 songs (79%), 1,240 songs/s, 2 s left, 2 workers, songs are held',
    )
    expect(statusSentence(status({ run: null }))).toBe('There is no run yet.')
  })
})

it('draws sizes as bars, where there are some and the terminal can', () => {
  expect(sparkline([1, 4, 8], true)).toBe('▂▅█')
  expect(sparkline([1, 4, 8], false)).toBe('')
  expect(sparkline([5], true)).toBe('')
})
