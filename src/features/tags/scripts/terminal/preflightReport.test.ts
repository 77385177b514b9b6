import { expect, it } from 'vitest'
import { run } from '../../migration/testing/shownStatus.ts'
import { type Preflight, preflightLines } from './preflightReport.ts'
import { createStyle } from './style.ts'

const preflight: Preflight = {
  survey: {
    songs: 1000,
    songsWithThemes: 900,
    songsAlreadyDone: 20,
    mentions: 2500,
    bytes: 40_000,
    themes: new Map(),
    durationMs: 1,
  },
  estimates: { diskBytes: 1_000_000, durationMs: 13_000, longestWaitMs: 150 },
  profile: 'polite',
  unfinished: null,
}
const shown = (more: Partial<Preflight>, unicode = true) =>
  preflightLines({ ...preflight, ...more }, createStyle({ unicode, colours: false }), 200).join('\n')

it('says what a run asks of the database, and whether one can start', () => {
  const text = shown({})
  expect(text).toContain('wait 150 ms at most for a song that a batch holds (profile polite)')
  expect(text).toContain('20 songs already migrated')
  expect(text).toContain('✔ Runs     no unfinished run')
})

it('a run that did not end is gone on with, and long waits are told in seconds', () => {
  const text = shown(
    {
      unfinished: { ...run, status: 'rolling_back' },
      estimates: { ...preflight.estimates, longestWaitMs: 2500 },
    },
    false,
  )
  expect(text).toContain(
    `run ${run.id} is rolling back: 7,900 of 10,000 songs; npm run migrate goes on with it, and keeps its plan`,
  )
  expect(text).toContain('wait 2.5 s at most')
})
