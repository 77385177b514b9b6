import { onlineManager } from '@tanstack/react-query'
import { expect, onTestFinished, test } from 'vitest'
import { run } from '../../../migration/testing/shownStatus.ts'
import type { MetricsDashboard } from '../../../monitoring/dashboardSchema.ts'
import { tagKeys } from '../../../queries/tagKeys.ts'
import { textOf } from '../testing/textOf.tsx'
import { AlertHistory } from './AlertHistory.tsx'
import { ChartTip } from './ChartTip.tsx'
import { DashboardView } from './DashboardView.tsx'
import { LastRun } from './LastRun.tsx'
import { MonitoringDashboard } from './MonitoringDashboard.tsx'
import { SynonymProposal } from './SynonymProposal.tsx'

const from = '2026-11-26T12:00:00.000Z'
const measured = { at: from, count: 10, errors: 0, p50: 5, p75: 6, p95: 9, p99: 10, timed: 10 }
const dashboard: MetricsDashboard = {
  from,
  to: '2026-11-26T12:03:00.000Z',
  stepSeconds: 60,
  series: [],
  totals: [],
  cacheReads: [],
  tags: { usage: [], popular: [], rising: [] },
  searches: { frequent: [], unfound: [] },
  alerts: { lookedAt: null, states: {}, notices: [] },
  run: null,
}

test('where nothing was measured, everything says so', () => {
  const text = textOf(<DashboardView dashboard={dashboard} />)
  expect(text).toMatch(
    /^Suggestions, p95 – at most 100 ms Searches, p95 – at most 500 ms Cache hit ratio – at least 80%/,
  )
  expect(text.match(/Nothing was measured in this time\./g)).toHaveLength(10)
  for (const said of [
    'No tag was used in this time.',
    'Every search that several people made has found something.',
    'Largest paint (LCP) – 2,500 ms 0',
    'Nobody has looked at the rules yet',
    'No alert was raised.',
    'No migration was started yet.',
  ])
    expect(text).toContain(said)
  expect(text).not.toContain('Save as CSV Popular tags')
})

test('what is worse than wanted is marked, in whichever direction that is', () => {
  const text = textOf(
    <DashboardView
      dashboard={{
        ...dashboard,
        totals: [
          { ...measured, metric: 'songs.search', p95: 640 },
          { ...measured, metric: 'tags.autocomplete', p95: 40 },
          { ...measured, metric: 'web.lcp', p75: 2600 },
          { ...measured, metric: 'web.cls', p75: 0.05 },
        ],
        cacheReads: [
          { at: from, tier: 'memory', reads: 7 },
          { at: from, tier: 'none', reads: 3 },
        ],
      }}
    />,
  )
  expect(text).toContain('Suggestions, p95 40 ms at most 100 ms Searches, p95 640 ms Not met: at most 500 ms')
  expect(text).toContain('Cache hit ratio 70% Not met: at least 80% Calls that failed 0% at most 2%')
  expect(text).toContain('Largest paint (LCP) Not met: 2,600 ms 2,500 ms 10')
  expect(text).toContain('Shift of the layout (CLS) 0.05 0.10 10')
})

test('alerts say how bad it was, who was told, and who not yet', () => {
  const notice = { at: 0, since: 0, value: 640, worst: 640, samples: 58, kind: 'raised' as const }
  const notices = [
    { rule: 'errors', delivered: [], isSettled: false },
    { rule: 'search-slow', delivered: ['console'], isSettled: false },
    { rule: 'cache-cold', kind: 'resolved' as const, delivered: ['webhook'], isSettled: true },
    { rule: 'of a later release', delivered: [], isSettled: true },
  ].map(({ delivered, isSettled, ...more }, id) => ({
    id,
    delivered,
    isSettled,
    notice: { ...notice, ...more },
  }))
  const text = textOf(<AlertHistory alerts={{ lookedAt: from, states: {}, notices }} />)
  expect(text).toMatch(/The rules were last looked at 2\d Nov 2026/)
  expect(text).toMatch(/Critical Calls fail: .* Nobody was told yet\./)
  expect(text).toMatch(
    /Warning Searches are slow: 640 ms, .* Told: console\. Another channel did not take it yet\./,
  )
  expect(text).toMatch(/Over The cache seldom answers .* Told: webhook\.$/)
})

test('the last run says how long it took once it has ended', () => {
  const shown = (finishedAt: Date | null) => textOf(<LastRun run={{ ...run, finishedAt }} />)
  expect(shown(null)).toMatch(
    /Running: 7,900 of 10,000 songs in 77 batches.* Began 2\d Nov 2026, \d\d:\d\d · run/,
  )
  expect(shown(new Date(run.startedAt.getTime() + 4000))).toContain(', took 4.0 s · run')
})

test('a text becomes a synonym of the tag that it nearly is, if it can be a name', () => {
  const proposal = (text: string, likeness: number | null) =>
    textOf(
      <SynonymProposal
        text={text}
        nearest={likeness === null ? null : { id: 'grace', name: 'Grace', likeness }}
        busy={false}
        onAdd={() => undefined}
      />,
    )
  expect(proposal('graec', 0.6)).toBe('Grace Add synonym')
  expect(proposal('g'.repeat(51), 0.6)).toBe('Grace')
  expect(proposal('grace', 1)).toBe('Grace already')
  expect(proposal('xyz', null)).toBe('–')
})

test('where the pointer is, the numbers of that moment are shown', () => {
  const lines = ['p50', 'p95'].map((key) => ({ key, name: key, mark: '' }))
  const point = { at: Date.parse('2026-11-26T12:01:00'), values: { p50: 12, p95: null } }
  expect(textOf(<ChartTip unit="ms" lines={lines} point={point} />)).toBe('26 Nov, 12:01 p50 12 ms p95 –')
  expect(textOf(<ChartTip unit="ms" lines={lines} point={undefined} />)).toBe('')
})

test('figures that cannot be read, that wait for a connection and that are on their way are told apart', () => {
  const shown = (answer?: Error) =>
    textOf(<MonitoringDashboard />, answer && [[[...tagKeys.admin(), 'metrics', 'day'], answer]])
  expect(shown()).toContain('The figures are being read.')
  expect(shown(new Error('No.'))).toMatch(/could not be read .* try again, or wait a minute .* Try again$/)
  onlineManager.setOnline(false)
  onTestFinished(() => onlineManager.setOnline(true))
  expect(shown()).toMatch(/You are offline/)
})
