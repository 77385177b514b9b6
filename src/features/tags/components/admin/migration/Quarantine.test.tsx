import { expect, test } from 'vitest'
import type { Run } from '../../../migration/migrationDatabase.ts'
import { run } from '../../../migration/testing/shownStatus.ts'
import { migrationKeys } from '../../../queries/migration/migrationKeys.ts'
import type { QuarantinedSong } from '../../../queries/migration/quarantined.ts'
import { useWork } from '../../../queries/migration/useWork.ts'
import { textOf } from '../testing/textOf.tsx'
import { Quarantine } from './Quarantine.tsx'

function Shown({ status }: { status: Run['status'] }) {
  return <Quarantine run={{ ...run, status }} work={useWork()} />
}

const song: QuarantinedSong = { songId: 'song', title: null, sqlstate: '23514', message: 'No.', attempts: 2 }
const shown = (status: Run['status'], isServed: boolean, songs: QuarantinedSong[] | Error = [song]) =>
  textOf(<Shown status={status} />, [
    [[...migrationKeys.quarantined(run.id), run.quarantined], songs],
    [migrationKeys.served(), isServed],
  ])

test('how songs in quarantine are tried again follows from where the run stands', () => {
  expect(shown('paused', false)).toBe(
    '2 songs in quarantine Their themes are untouched, and they have no tags yet. ' +
      'Tried again, they are part of this run when it goes on. Retry all song No. (23514, 2 tries) Retry song',
  )
  expect(shown('running', true)).toContain('To try them again the run stands still for a moment. Retry all')
  const alone = shown('running', false)
  expect(alone).toContain('They can be tried again when the run is paused or has ended.')
  expect(alone).not.toContain('Retry')
  expect(shown('complete', true)).toContain('Mend them first; a new run tries them again. Retry all')
  expect(shown('complete', false)).toContain('Try them again with npm run migrate Copy')
  expect(shown('rolling_back', true)).not.toContain('Retry')
})

test('songs that cannot be read are said', () => {
  expect(shown('paused', true, new Error('Broken.'))).toContain('The songs could not be read Broken.')
})
