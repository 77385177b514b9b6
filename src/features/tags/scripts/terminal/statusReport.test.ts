import { describe, expect, it } from 'vitest'
import type { Run } from '../../migration/migrationDatabase.ts'
import type { RunStatus } from '../../migration/runStatus.ts'
import { run, secondsAgo, statusOf as status, worker } from '../../migration/testing/shownStatus.ts'
import { displayWidth } from './displayWidth.ts'
import { sparkline } from './sparkline.ts'
import { statusLines, statusSentence } from './statusReport.ts'
import { createStyle } from './style.ts'

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
        events: [{ at: secondsAgo(0), from: 'running', to: 'paused', worker: 'ada', reason: '' }],
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

it('says who has left, and with --verbose every event', () => {
  const events = Array.from({ length: 9 }, (_, n) => ({
    at: secondsAgo(9 - n),
    from: null,
    to: 'preparing' as const,
    worker: 'ada',
    reason: `reason ${n}`,
  }))
  const shown = (isVerbose: boolean) =>
    statusLines(status({ workers: [{ ...worker, leftAt: secondsAgo(5) }], events }), {
      style,
      width: 110,
      isVerbose,
    }).join('\n')
  expect(shown(false)).toContain('left 20:01:25')
  expect(shown(false)).not.toContain('reason 0')
  expect(shown(true)).toContain('reason 0')
})

it('before the first song all of none is done; an exact rollback goes on as one', () => {
  const none = { ...run, songs: 0, totalSongs: 0, batches: 0, quarantined: 0 }
  expect(lines(80, { run: none, batchSizes: [] }).join('\n')).toContain('0 of 0 songs (100%)')
  const back = { ...run, status: 'rolling_back' as const, exactRollback: true }
  expect(lines(120, { run: back }).at(-1)).toContain('npm run rollback -- --exact')
})
