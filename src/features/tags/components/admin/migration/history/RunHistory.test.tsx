import { expect, test } from 'vitest'
import type { ListedRun } from '../../../../migration/listRuns.ts'
import { run } from '../../../../migration/testing/shownStatus.ts'
import { migrationKeys } from '../../../../queries/migration/migrationKeys.ts'
import { textOf } from '../../testing/textOf.tsx'
import { RunHistory } from './RunHistory.tsx'

const shown = (runs: ListedRun[] | Error) => textOf(<RunHistory />, [[migrationKeys.runs(), runs]])
const past = (more: Partial<ListedRun>): ListedRun => ({ ...run, startedBy: 'service_role', ...more })

test('a run tells what it did, how it ended, and whether it can still be taken back', () => {
  const text = shown([
    past({ status: 'complete', certificate: 'ab12', quarantined: 0 }),
    past({
      id: 'failed',
      status: 'failed',
      worker: '',
      failure: { code: 'database', message: 'The disk is full.' },
    }),
    past({ id: 'pruned', status: 'complete', prunedAt: new Date(0) }),
  ])
  const [, complete = '', failed = '', pruned = ''] = text.split(/(?=Complete began|Failed began)/)
  expect(complete).toContain('7,900 songs · 77 batches · 0 links · 0 tags made · last by ada on host')
  expect(complete).toMatch(/certificate ab12 Export plan .* Roll back…/)
  expect(failed).toContain('2 songs in quarantine · last by somebody')
  expect(failed).toMatch(/The disk is full\. Export plan .* Roll back…/)
  expect(pruned).not.toContain('Roll back')
})

test('before the first run, and where runs cannot be read, that is said', () => {
  expect(shown([])).toBe('Runs There is no run yet.')
  expect(shown(new Error('Broken.'))).toBe('Runs The runs could not be read Broken. Try again')
})
