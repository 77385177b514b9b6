import { describe, expect, it } from 'vitest'
import { type FailureCode, MigrationFailure } from '../migration/migrationFailure.ts'
import { reportFailure } from './failureReport.ts'
import { redact } from './redact.ts'
import { WrongUsage } from './wrongUsage.ts'

const failure = (code: FailureCode) => new MigrationFailure(code, 'It failed.', { advice: 'Mend it.' })

describe('reportFailure', () => {
  it.each<[FailureCode, number]>([
    ['unreachable', 1],
    ['database', 1],
    ['busy', 1],
    ['taken-over', 1],
    ['paused', 1],
    ['cancelled', 3],
    ['songs-held', 1],
    ['too-many-errors', 1],
    ['unauthorized', 2],
    ['forbidden', 2],
    ['not-installed', 2],
    ['unexpected-answer', 2],
    ['nothing-to-resume', 2],
    ['unknown-run', 2],
    ['bad-plan', 2],
    ['stale-plan', 2],
    ['stopped', 130],
  ])('%s ends with exit code %i', (code, exitCode) => {
    expect(reportFailure(failure(code), [])).toMatchObject({
      code,
      message: 'It failed.',
      advice: 'Mend it.',
      exitCode,
    })
  })

  it('takes what it does not know for a failure that may pass', () => {
    expect(reportFailure(new TypeError('oh\nno'), [])).toMatchObject({
      code: 'unexpected',
      message: 'oh no',
      exitCode: 1,
    })
    expect(reportFailure('text', []).message).toBe('text')
  })

  it('stays on one harmless line without keys, whatever the message quotes', () => {
    const error = new WrongUsage('Bad \u001b[2J\u202e\ntoken key-in-use and sb_secret_abc-DEF_1', 'Do.', {
      cause: new Error('cause with key-in-use'),
    })
    const report = reportFailure(error, ['key-in-use'])
    expect(report.message).toBe('Bad \\u001b[2J\\u202e token [key] and [key]')
    expect(report.trace).toContain('Caused by: Error: cause with [key]')
    expect(report.trace).toContain('Bad \\u001b[2J\\u202e\ntoken')
    expect(report.trace.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u)
    expect(JSON.stringify(report)).not.toContain('key-in-use')
  })
})

it('redacts keys, tokens and passwords by their form', () => {
  const token = 'eyJhbGciOi.eyJyb2xl.c2ln-bmF0dXJl'
  expect(redact(`postgres://me:word@host/db ${token} sb_publishable_open`)).toBe(
    'postgres://me:[password]@host/db [key] sb_publishable_open',
  )
})
