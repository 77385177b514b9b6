import { describe, expect, it } from 'vitest'
import type { CheckedValidation, MigrationResult } from '../../migration/types.ts'
import { displayWidth } from './displayWidth.ts'
import { resultLines } from './resultReport.ts'
import { createStyle } from './style.ts'

const check: CheckedValidation = {
  name: 'usage counts equal the links',
  query: '',
  expectedResult: 0,
  critical: true,
  actual: 0,
  ok: true,
  differences: [],
}
const complete: MigrationResult = {
  runId: 'run',
  phase: 'complete',
  processedCount: 10_000,
  totalCount: 10_000,
  tagsCreated: 944,
  tagsReused: 136,
  linksCreated: 28_021,
  errors: [],
  batches: 49,
  retries: 0,
  durationMs: 8140,
  certificate: 'c'.repeat(64),
  checks: [check],
}
const show = (result: Partial<MigrationResult>, { width = 80, unicode = true } = {}) =>
  resultLines(
    { ...complete, ...result },
    { style: createStyle({ unicode, colours: false }), width, isVerbose: false },
  )

describe('resultLines', () => {
  it('sums a migration up and names the next command', () => {
    expect(show({})).toEqual([
      'Validate  ✔ 1 of 1 check   10,000 songs',
      'Result    944 tags made, 136 used that were there   28,021 links made',
      `          certificate ${'c'.repeat(64)}`,
      'Done in 8.1 s. Undo with: npm run rollback',
    ])
  })

  it('keeps to a narrow terminal, but for the certificate', () => {
    for (const line of show({}, { width: 60 }).filter((one) => !one.includes('certificate')))
      expect(displayWidth(line)).toBeLessThanOrEqual(60)
  })

  it('is ASCII where it must be', () => {
    expect(show({}, { unicode: false }).join('\n')).toMatch(/^[ -~\n]*$/)
  })

  it('lists quarantined songs, their errors harmless and cut', () => {
    const error = `bad \u001b[2J${'x'.repeat(100)}`
    const errors = Array.from({ length: 7 }, () => ({ songId: 'id', error, context: {}, recoverable: false }))
    const lines = show({ errors, checks: [] })
    expect(lines[2]).toBe('7 songs in quarantine: themes untouched, no tags yet')
    expect(lines[3]).toMatch(/^ {2}id {2}bad \\u001b\[2Jx+…$/)
    expect(displayWidth(lines[3] ?? '')).toBeLessThanOrEqual(80)
    expect(lines.slice(-3)).toEqual([
      '  and 2 more; --verbose lists them',
      'Done in 8.1 s, except for 7 songs.',
      'Mend them, then: npm run migrate      Undo with: npm run rollback',
    ])
  })

  it('shows a failed check with what differs', () => {
    const failed = { ...check, actual: 4, ok: false, differences: ['a', { tag: 'b\n' }, 'c', 'd'] }
    expect(show({ phase: 'failed', checks: [check, failed], certificate: null })).toEqual([
      'Validate  ✘ 1 of 2 checks   10,000 songs',
      '  ✘  usage counts equal the links  4, expected 0',
      '      a',
      '      {"tag":"b\\\\n"}',
      '      c',
      '      and 1 more; --verbose shows them',
      'Result    944 tags made, 136 used that were there   28,021 links made',
      'Not done after 8.1 s: a check failed.',
      'Look closer with: npm run validate -- --json      Undo with: npm run rollback',
    ])
  })

  it.each<[Partial<MigrationResult>, string]>([
    [
      { phase: 'paused', processedCount: 300 },
      'Paused after 8.1 s at 300 of 10,000 songs; everything done is saved.',
    ],
    [{ phase: 'rolled-back' }, 'Rolled back after 8.1 s: the run had failed. The songs are as they were.'],
    [{ phase: 'nothing-to-do' }, 'Every song is migrated already. Check it with: npm run validate'],
    [
      { phase: 'nothing-to-do', runId: null },
      'There are no songs to migrate. Add some with: npm run seed -- --songs 1000',
    ],
  ])('ends %j with words', (result, line) => {
    expect(show({ checks: [], certificate: null, ...result })).toContain(line)
  })
})

it('with --verbose lists everything, and a finding that is no number as it is', () => {
  const failed = {
    ...check,
    actual: 'none',
    expectedResult: 'a run',
    ok: false,
    differences: ['a', 'b', 'c', 'd'],
  }
  const errors = Array.from({ length: 7 }, (_, n) => ({
    songId: `song ${n}`,
    error: 'bad',
    context: {},
    recoverable: false,
  }))
  const text = resultLines(
    { ...complete, phase: 'failed', checks: [failed], errors },
    { style: createStyle({ unicode: false, colours: false }), width: 60, isVerbose: true },
  ).join('\n')
  expect(text).toContain('none, expected a run')
  expect(text).toMatch(/ {6}d\n/)
  expect(text).toContain('song 6  bad')
  expect(text).not.toContain('--verbose')
})
