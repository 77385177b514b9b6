import type { SupabaseClient } from '@supabase/supabase-js'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { SeededRandom } from '../../../../scripts/seed/seededRandom.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import type { Database } from '../../../lib/database.types.ts'
import { dashboardSchema } from './dashboardSchema.ts'
import type { MetricEntry } from './metricEntry.ts'
import { cellOf, percentileOf, RELATIVE_ERROR } from './sketchCells.ts'

let database: TestDatabase
let admin: SupabaseClient<Database>
let people: SupabaseClient<Database>[]

beforeAll(async () => {
  database = await createTestDatabase()
  people = await Promise.all([1, 2, 3].map(async () => (await database.signUp()).client))
  const signedUp = await database.signUp()
  await database.sql`insert into public.user_roles (user_id, role) values (${signedUp.id}, 'admin')`
  admin = signedUp.client
  return () => database.drop()
})
afterEach(
  () => database.sql`truncate tag_monitoring.bucket, tag_monitoring.tag_use, tag_monitoring.search_pattern`,
)

async function dashboard(hours = 1) {
  const to = Date.now() + 60_000
  const { data, error } = await admin.rpc('tag_metrics_dashboard', {
    p_from: new Date(to - hours * 3_600_000).toISOString(),
    p_to: new Date(to).toISOString(),
  })
  expect(error).toBeNull()
  return dashboardSchema.parse(data)
}

async function send(
  client: SupabaseClient<Database> | undefined,
  entries: readonly MetricEntry[],
): Promise<void> {
  const answer = await client?.rpc('record_tag_metrics', { p_entries: JSON.parse(JSON.stringify(entries)) })
  expect(answer?.data).toEqual({ outcome: 'done' })
}

test('percentiles of several people’s answers are those of the raw log, within the sketch’s error', async () => {
  const random = new SeededRandom('dashboard')
  const log = people.map(() =>
    Array.from({ length: 400 }, () => 0.2 + 600 * (random.uint32() / 2 ** 32) ** 6),
  )
  for (const [who, times] of log.entries()) {
    // In several batches, as a page that is open sends them.
    for (let from = 0; from < times.length; from += 90) {
      const batch = times.slice(from, from + 90)
      const cells = batch.map((time) => [cellOf(time), 1] as const)
      await send(people[who], [
        { metric: 'songs.search', label: 'server', count: batch.length, errors: 1, cells },
      ])
    }
  }
  const { totals } = await dashboard()
  const [found] = totals
  expect(found).toMatchObject({ metric: 'songs.search', count: 1200, errors: 15, timed: 1200 })
  const all = log.flat().toSorted((a, b) => a - b)
  for (const [share, value] of [
    [0.5, found?.p50],
    [0.75, found?.p75],
    [0.95, found?.p95],
    [0.99, found?.p99],
  ] as const) {
    const exact = all[Math.ceil(share * all.length) - 1] ?? Number.NaN
    expect(Math.abs((value ?? Number.NaN) - exact) / exact).toBeLessThanOrEqual(RELATIVE_ERROR + 1e-9)
    const here =
      percentileOf(
        all.map((time) => [cellOf(time), 1]),
        share,
      ) ?? Number.NaN
    expect(value).toBeCloseTo(here, 6)
  }
})

test('the series has each minute’s own, and what is out of its time is not in it', async () => {
  const cells = (ms: number) => `{${cellOf(ms)}}`
  await database.sql`
    insert into tag_monitoring.bucket values
      (now() - interval '20 minutes', 'songs.search', '', 10, 0, ${cells(100)}::smallint[], '{10}'),
      (now() - interval '10 minutes', 'songs.search', '', 10, 0, ${cells(400)}::smallint[], '{10}'),
      (now() - interval '2 hours', 'songs.search', '', 10, 0, ${cells(9000)}::smallint[], '{10}')`
  const { series, totals, stepSeconds } = await dashboard()
  expect(stepSeconds).toBe(60)
  expect(series.map(({ p95 }) => Math.round((p95 ?? 0) / 10) * 10)).toEqual([100, 400])
  expect(totals).toMatchObject([{ count: 20 }])
})

test('reads of the cache are told by who answered', async () => {
  const read = (label: string, count: number): MetricEntry => ({ metric: 'tags.cache.read', label, count })
  await send(people[0], [read('memory', 70), read('indexeddb', 20), read('none', 10)])
  const { cacheReads } = await dashboard()
  expect(cacheReads.map(({ tier, reads }) => [tier, reads])).toEqual([
    ['indexeddb', 20],
    ['memory', 70],
    ['none', 10],
  ])
})

test('popular tags are those used most, rising ones those used more than before', async () => {
  await database.sql`
    insert into tag_monitoring.tag_use (hour, tag_id, label, uses)
    select now() - h.ago, t.id, h.label, h.uses from public.tags as t
    join (values ('Grace', '10 minutes'::interval, 'added', 40), ('Grace', '90 minutes', 'added', 50),
      ('Mercy', '10 minutes', 'filtered', 12), ('Mercy', '10 minutes', 'removed', 90), ('Mercy', '90 minutes', 'added', 2),
      ('Hope', '10 minutes', 'added', 2)) as h (name, ago, label, uses) on h.name = t.name`
  const { tags } = await dashboard()
  expect(tags.popular.map(({ name, uses, before }) => [name, uses, before])).toEqual([
    ['Grace', 40, 50],
    ['Mercy', 12, 2],
    ['Hope', 2, 0],
  ])
  expect(tags.rising.map(({ name }) => name)).toEqual(['Mercy'])
  expect(tags.usage.map(({ label, uses }) => [label, uses])).toEqual([
    ['added', 42],
    ['filtered', 12],
    ['removed', 90],
  ])
})

test('a search that finds nothing is shown with the tag that is nearest to it', async () => {
  await database.sql`
    insert into tag_monitoring.search_pattern (day, text, searches, unfound) values
      ((now() at time zone 'utc')::date, 'thanksgivin', 5, 5), ((now() at time zone 'utc')::date, 'zzzz', 3, 3),
      ((now() at time zone 'utc')::date, 'grace', 9, 0)`
  const { searches } = await dashboard()
  expect(searches.frequent.map(({ text }) => text)).toEqual(['grace', 'thanksgivin', 'zzzz'])
  expect(searches.unfound).toMatchObject([
    { text: 'thanksgivin', unfound: 5, nearest: { name: 'Thanksgiving' } },
    { text: 'zzzz', nearest: null },
  ])
})

describe('is read by', () => {
  const hour = { p_from: '2026-01-01T00:00:00Z', p_to: '2026-01-01T01:00:00Z' }

  test('admins alone', async () => {
    expect((await people[0]?.rpc('tag_metrics_dashboard', hour))?.error?.code).toBe('42501')
    for (const role of ['editor', 'moderator'] as const) {
      const one = await database.signUp()
      await database.sql`insert into public.user_roles (user_id, role) values (${one.id}, ${role})`
      expect((await one.client.rpc('tag_metrics_dashboard', hour)).error?.code).toBe('42501')
    }
    expect((await database.anonClient().rpc('tag_metrics_dashboard', hour)).error?.code).toBe('42501')
    expect((await admin.rpc('tag_metrics_dashboard', hour)).error).toBeNull()
  })

  test.each([
    ['backwards', { ...hour, p_to: '2025-12-31T00:00:00Z' }],
    ['for ever', { ...hour, p_from: '-infinity' }],
    ['for years', { ...hour, p_from: '2020-01-01T00:00:00Z' }],
  ])('nobody %s', async (_, time) => {
    expect((await admin.rpc('tag_metrics_dashboard', time)).error?.code).toBe('22023')
  })
})
