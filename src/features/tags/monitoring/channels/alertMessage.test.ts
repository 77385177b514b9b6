import { expect, test } from 'vitest'
import type { AlertNotice } from '../alertNotice.ts'
import { alertRules } from '../alertRules.ts'
import { alertMessage, inUnit } from './alertMessage.ts'

const noon = Date.UTC(2026, 10, 26, 12)
const notice: AlertNotice = {
  rule: 'search-slow',
  kind: 'raised',
  at: noon,
  since: noon,
  value: 1234.5,
  worst: 1234.5,
  samples: 41,
}

function words(of: Partial<AlertNotice>, id = 'search-slow'): string[] {
  const rule = alertRules.find((one) => one.id === id)
  if (!rule) throw new Error(`There is no rule ${id}.`)
  const { title, lines } = alertMessage(
    { ...notice, rule: id, ...of },
    rule,
    'https://book.example/monitoring.md',
  )
  return [title, ...lines]
}

test('an alert says what is wrong, how bad it is, since when, what to do and what helps', () => {
  expect(words({})).toEqual([
    'Searches are slow: 1,235 ms, wanted is at most 500 ms',
    'Since 2026-11-26 12:00 UTC, from 41 measurements.',
    'Look for a migration that is not polite, and for slow queries in the database.',
    'Help: https://book.example/monitoring.md#search-slow',
  ])
})

test('what is over says how long it lasted and how bad it was', () => {
  expect(words({ kind: 'resolved', at: noon + 17 * 60_000, value: 300 })).toEqual([
    'Over: searches are slow',
    'It lasted 17 min, from 2026-11-26 12:00 UTC to 2026-11-26 12:17 UTC.',
    'At its worst it was 1,235 ms; now it is 300 ms.',
  ])
  expect(words({ kind: 'resolved', value: null }).at(-1)).toBe(
    'At its worst it was 1,235 ms; nothing is measured any more.',
  )
})

test('shares, times and counts are written as people read them', () => {
  expect(words({ value: 0.714 }, 'cache-cold')[0]).toBe(
    'The cache seldom answers: 71.4%, wanted is at least 80%',
  )
  expect(words({ value: 450 }, 'migration-stalled')[0]).toContain('8 min, wanted is at most 5 min')
  expect(inUnit({ unit: 'times' }, 2400)).toBe('2,400')
  expect(inUnit({ unit: 's' }, 9000)).toBe('2 h 30 min')
  expect(inUnit({ unit: 'ms' }, 4.26)).toBe('4.3 ms')
})
