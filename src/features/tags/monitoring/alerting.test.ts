import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { type AlertStates, evaluateAlerts, type Reading } from './alerting.ts'
import { type AlertRule, alertRules } from './alertRules.ts'

const rule: AlertRule = {
  id: 'slow',
  signal: 'search.p95',
  comparison: 'above',
  threshold: 500,
  clearAt: 450,
  unit: 'ms',
  windowSeconds: 300,
  minSamples: 20,
  coolDownSeconds: 900,
  severity: 'warning',
  title: 'Searches are slow',
  advice: 'Look.',
}
const MINUTE = 60_000

/** Looks once a minute. @param values of the signal; `[value, samples]` where they are not a hundred. @returns what was told, and when */
function watch(
  values: readonly (number | null | readonly [number, number] | undefined)[],
  watched: AlertRule = rule,
): string[] {
  let states: AlertStates = {}
  return values.flatMap((said, minute) => {
    const reading = readingOf(said)
    const looked = evaluateAlerts([watched], () => reading, states, minute * MINUTE)
    states = looked.states
    return looked.notices.map(({ kind, at }) => `${kind} ${at / MINUTE}`)
  })
}

function readingOf(said: number | null | readonly [number, number] | undefined): Reading | undefined {
  if (said === undefined) return undefined
  const [value, samples] = said === null || typeof said === 'number' ? [said, said === null ? 0 : 100] : said
  return { value, samples }
}

describe('an alert', () => {
  test('is raised once, however long it lasts, and is over once', () => {
    expect(watch([200, 600, 700, 800, 600, 300, 200])).toEqual(['raised 1', 'resolved 5'])
  })

  test('is not raised at the threshold, and not over above where it clears', () => {
    expect(watch([500, 501, 499, 460, 451])).toEqual(['raised 1'])
    expect(watch([501, 450])).toEqual(['raised 0', 'resolved 1'])
  })

  test('is not raised by a few slow answers', () => {
    expect(
      watch([
        [9000, 19],
        [9000, 19],
      ]),
    ).toEqual([])
    expect(watch([[9000, 20]])).toEqual(['raised 0'])
  })

  test('is not over because nobody asks just now, but when nobody has for three windows', () => {
    expect(watch([600, ...Array.from({ length: 14 }, () => null)])).toEqual(['raised 0'])
    expect(watch([600, ...Array.from({ length: 15 }, () => null)])).toEqual(['raised 0', 'resolved 15'])
  })

  test('is not raised again while it cools down', () => {
    expect(watch([600, 300, ...Array.from({ length: 14 }, () => 600)])).toEqual(['raised 0', 'resolved 1'])
    expect(watch([600, 300, ...Array.from({ length: 15 }, () => 600)])).toEqual([
      'raised 0',
      'resolved 1',
      'raised 16',
    ])
  })

  test('stays as it is when its signal cannot be read', () => {
    expect(watch([600, undefined, undefined, 300])).toEqual(['raised 0', 'resolved 3'])
  })

  test('of what should be high is raised when it is low', () => {
    const low: AlertRule = { ...rule, comparison: 'below', threshold: 0.8, clearAt: 0.85 }
    expect(watch([0.9, 0.79, 0.84, 0.85], low)).toEqual(['raised 1', 'resolved 3'])
  })
})

test('a notice says since when, how bad it is and how bad it was', () => {
  const states = { slow: { isRaised: true, since: 5, readAt: 9, worst: 700 } }
  const look = (value: number | null, samples: number) =>
    evaluateAlerts([rule], () => ({ value, samples }), states, 2_000_000).notices
  expect(look(300, 40)).toEqual([
    { rule: 'slow', kind: 'resolved', at: 2_000_000, since: 5, value: 300, worst: 700, samples: 40 },
  ])
  expect(look(600, 3)).toMatchObject([{ kind: 'resolved', value: null, worst: 700 }])
  expect(evaluateAlerts([rule], () => ({ value: 800, samples: 40 }), states, 10).states).toEqual({
    slow: { isRaised: true, since: 5, readAt: 10, worst: 800 },
  })
})

test('rules are told apart by their ids, have a section that helps, and clear on the good side of their threshold', async () => {
  expect(new Set(alertRules.map(({ id }) => id)).size).toBe(alertRules.length)
  const runbook = await readFile('docs/monitoring.md', 'utf8')
  for (const { id } of alertRules) expect(runbook).toContain(`\n### ${id}\n`)
  for (const { comparison, threshold, clearAt } of alertRules) {
    if (comparison === 'above') expect(clearAt).toBeLessThanOrEqual(threshold)
    else expect(clearAt).toBeGreaterThanOrEqual(threshold)
  }
})
