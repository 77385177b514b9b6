import type { SupabaseClient } from '@supabase/supabase-js'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import type { Database } from '../../../lib/database.types.ts'
import type { MetricEntry } from './metricEntry.ts'

type Client = SupabaseClient<Database>

let database: TestDatabase
let people: { client: Client; id: string }[]
let grace: string

beforeAll(async () => {
  database = await createTestDatabase()
  people = await Promise.all([1, 2, 3, 4].map(() => database.signUp()))
  const [tag] = await database.sql`select id from public.tags where name = 'Grace'`
  grace = tag?.id
  return () => database.drop()
})

afterEach(
  () => database.sql`
  truncate tag_monitoring.bucket, tag_monitoring.tag_use, tag_monitoring.search_pattern, tag_monitoring.search_stage,
    tag_monitoring.search_key, tag_monitoring.quota`,
)

/** As a browser does it: JSON knows no NaN, and makes null of it. */
async function send(entries: readonly (MetricEntry | object)[], who = 0): Promise<unknown> {
  const client = people[who]?.client ?? database.anonClient()
  const { data, error } = await client.rpc('record_tag_metrics', {
    p_entries: JSON.parse(JSON.stringify(entries)),
  })
  return error === null ? data : error.code
}

const done = { outcome: 'done' }
const buckets = () => database.sql`
  select metric, label, sum(count)::integer as count, sum(errors)::integer as errors from tag_monitoring.bucket
  group by metric, label order by metric, label`
const cells = () => database.sql`
  select c.cell, sum(c.count)::float8 as count
  from tag_monitoring.bucket as b cross join lateral unnest(b.cells, b.counts) as c (cell, count)
  group by c.cell order by c.cell`

describe('timings', () => {
  test('of several people add up, cell by cell', async () => {
    const entry = {
      metric: 'songs.search',
      label: 'server',
      count: 3,
      errors: 1,
      cells: [
        [100, 2],
        [7, 1],
      ],
    }
    expect(await send([entry])).toEqual(done)
    expect(
      await send(
        [
          {
            ...entry,
            cells: [
              [100, 1],
              [-3, 2.5],
            ],
          },
        ],
        1,
      ),
    ).toEqual(done)
    expect(await buckets()).toEqual([{ metric: 'songs.search', label: 'server', count: 6, errors: 2 }])
    expect(await cells()).toEqual([
      { cell: -3, count: 2.5 },
      { cell: 7, count: 1 },
      { cell: 100, count: 3 },
    ])
  })

  test('of one call may name a metric twice, under two labels or under one', async () => {
    const read = (label: string): MetricEntry => ({
      metric: 'tags.cache.read',
      label,
      count: 1,
      cells: [[5, 1]],
    })
    expect(await send([read('memory'), read('none'), read('memory')])).toEqual(done)
    expect(await buckets()).toEqual([
      { metric: 'tags.cache.read', label: 'memory', count: 2, errors: 0 },
      { metric: 'tags.cache.read', label: 'none', count: 1, errors: 0 },
    ])
  })

  test('sent by many at once are all there', async () => {
    const both = ['memory', 'none'].map((label) => ({
      metric: 'tags.cache.read',
      label,
      count: 1,
      cells: [[5, 1]],
    }))
    const sent = Array.from({ length: 40 }, (_, n) => send(n % 2 === 0 ? both : both.toReversed(), n % 4))
    expect(new Set((await Promise.all(sent)).map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify(done)]),
    )
    expect(await buckets()).toMatchObject([{ count: 40 }, { count: 40 }])
    expect(await cells()).toEqual([{ cell: 5, count: 80 }])
  })

  test.each<[string, object, { count: number; errors: number }]>([
    ['negative', { count: -7, errors: -2, cells: [[1, -5]] }, { count: 0, errors: 0 }],
    [
      'no numbers',
      {
        count: Number.NaN,
        errors: 'many',
        cells: [
          [Number.NaN, 1],
          [1, Number.NaN],
        ],
      },
      { count: 0, errors: 0 },
    ],
    [
      'huge',
      {
        count: 1e300,
        errors: 1e300,
        cells: [
          [1e300, 1e300],
          [-1e300, 1e300],
        ],
      },
      { count: 5000, errors: 5000 },
    ],
    ['more errors than there is to count', { count: 2, errors: 9 }, { count: 2, errors: 2 }],
    ['of another shape', { count: [1], errors: {}, cells: 'none' }, { count: 0, errors: 0 }],
  ])('that are %s are clamped', async (_, values, expected) => {
    expect(await send([{ metric: 'songs.search', label: 'server', ...values }])).toEqual(done)
    const [row = { count: 0, errors: 0 }] = await buckets()
    expect(row).toMatchObject(expected)
    const all = await cells()
    expect(all.every(({ cell }) => cell >= -346 && cell <= 666)).toBe(true)
    expect(all.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(5000)
  })
})

describe('refused is', () => {
  test.each<[string, object]>([
    ['a metric that is not on the list', { metric: 'songs.lyrics', count: 1 }],
    ['a label that is not on the list', { metric: 'tags.cache.read', label: 'disk', count: 1 }],
    ['an entry without a name', { count: 1 }],
    ['what is no entry', [1]],
  ])('%s, and all that came with it', async (_, entry) => {
    expect(await send([{ metric: 'songs.search', label: 'server', count: 1 }, entry])).toBe('22023')
    expect(await buckets()).toEqual([])
  })

  test('a call with 10,000 entries, with none, or with one that is endless', async () => {
    const entry = { metric: 'songs.search', label: 'server', count: 1 }
    expect(await send(Array.from({ length: 10_000 }, () => entry))).toBe('22023')
    expect(await send([])).toBe('22023')
    const cells = Array.from({ length: 20_000 }, (_, n) => [n % 600, 1])
    expect(await send([{ ...entry, cells }])).toBe('22023')
    const { error } = await database.serviceClient.rpc('record_tag_metrics', { p_entries: [] })
    expect(error?.code).toBe('42501')
    expect(await buckets()).toEqual([])
  })

  test('more than a person’s quota of an hour; others are not concerned', async () => {
    await database.sql`update tag_monitoring.setting set entries_per_hour = 3`
    const entries = [1, 2].map(() => ({ metric: 'songs.search', label: 'server', count: 1 }))
    expect(await send(entries)).toEqual(done)
    expect(await send(entries)).toEqual({ outcome: 'quota' })
    expect(await send(entries, 1)).toEqual(done)
    await database.sql`update tag_monitoring.quota set hour = hour - interval '1 hour'`
    expect(await send(entries)).toEqual(done)
    expect(await buckets()).toMatchObject([{ count: 6 }])
    await database.sql`update tag_monitoring.setting set entries_per_hour = default`
  })
})

test('uses of a tag are counted by the hour, of one that does not exist not at all', async () => {
  const use = { metric: 'tags.use', label: 'added', tag: grace, count: 2 }
  const unknown = { ...use, tag: '00000000-0000-4000-8000-000000000000' }
  expect(await send([use, { ...use, label: 'filtered', count: -1 }, unknown, { ...use, tag: 'x' }])).toEqual(
    done,
  )
  expect(await send([use], 1)).toEqual(done)
  const rows =
    await database.sql`select tag_id, label, uses::integer from tag_monitoring.tag_use order by label`
  expect(rows).toEqual([
    { tag_id: grace, label: 'added', uses: 4 },
    { tag_id: grace, label: 'filtered', uses: 0 },
  ])
})

test('the tags that were used are looked up, and no others', async () => {
  const use = { metric: 'tags.use', label: 'added', tag: grace, count: 1 }
  const { sql } = database
  await sql`insert into public.tags (name) select 'One of many ' || n from generate_series(1, 3000) as n`
  await sql`analyze public.tags`
  const read = await sql.begin(async (transaction) => {
    await transaction`select set_config('request.jwt.claim.sub', ${people[0]?.id ?? ''}, true)`
    // With what the connection read before and has not reported yet.
    const readSoFar = async () => {
      const [rows] = await transaction`
        select (seq_tup_read + idx_tup_fetch)::integer as read from pg_catalog.pg_stat_xact_user_tables where relname = 'tags'`
      return rows?.read ?? 0
    }
    const before = await readSoFar()
    await transaction`select public.record_tag_metrics(${transaction.json([use, use])})`
    return (await readSoFar()) - before
  })
  expect(read).toBeGreaterThan(0)
  expect(read).toBeLessThan(10)
})

describe('a text that is searched for', () => {
  const search = (text: string, found = true) => ({ metric: 'songs.search.text', text, found, count: 1 })
  const searchFor = async (text: string, who = 0, found = true) =>
    expect(await send([search(text, found)], who)).toEqual(done)
  const patterns = () => database.sql`
    select text, searches::integer, unfound::integer from tag_monitoring.search_pattern order by text`

  test('is kept once three different people have asked for it, however they spell it', async () => {
    await searchFor('Easter Vigil')
    await searchFor('easter-vigil')
    await searchFor('EASTER VIGIL', 1, false)
    expect(await patterns()).toEqual([])
    await searchFor('Éaster  vigil', 2)
    expect(await patterns()).toEqual([{ text: 'easter vigil', searches: 4, unfound: 1 }])
    expect(await database.sql`select from tag_monitoring.search_stage`).toEqual([])
    await searchFor('easter vigil', 3, false)
    expect(await patterns()).toEqual([{ text: 'easter vigil', searches: 5, unfound: 2 }])
  })

  test('waits without the person, and two texts of one person show nothing in common', async () => {
    await send([search('one thing'), search('another thing')])
    const waiting =
      await database.sql`select to_jsonb(s)::text as row, s.person from tag_monitoring.search_stage as s`
    expect(waiting).toHaveLength(2)
    expect(waiting[0]?.person).not.toEqual(waiting[1]?.person)
    for (const { row } of waiting) expect(row).not.toContain(people[0]?.id)
  })

  test('waits until the day is over, and is then forgotten with its key', async () => {
    await searchFor('a quiet evening')
    await searchFor('a quiet evening', 1)
    await database.sql`update tag_monitoring.search_stage set day = day - 1`
    await database.sql`update tag_monitoring.search_key set day = day - 1`
    await searchFor('a quiet evening', 2)
    expect(await patterns()).toEqual([])
    const [left] = await database.sql`
      select (select count(*) from tag_monitoring.search_stage)::integer as texts,
        (select count(*) from tag_monitoring.search_key)::integer as keys`
    expect(left).toEqual({ texts: 1, keys: 1 })
  })

  test.each(['anna@example.org', 'https://a.example', '0171 5550123', 'x', 'w'.repeat(61), '', 5])(
    'is not looked at when it is %s',
    async (text) => {
      expect(await send([{ ...search('x'), text }])).toEqual(done)
      expect(await database.sql`select from tag_monitoring.search_stage`).toEqual([])
    },
  )

  test('that three bring in at once is counted once', async () => {
    await Promise.all([0, 1, 2, 3].map((who) => searchFor('all together', who)))
    await searchFor('all together')
    await searchFor('all together', 1)
    expect(await patterns()).toEqual([{ text: 'all together', searches: 6, unfound: 0 }])
  })
})

describe('retention', () => {
  const retain = async () => (await database.serviceClient.rpc('tag_metrics_retain')).data

  test('folds old minutes into hours and loses no count', async () => {
    await database.sql`
      insert into tag_monitoring.bucket
      select date_trunc('hour', now()) - interval '3 days' + make_interval(mins => n), 'songs.search', '', 2, 1,
        array[n, 500], array[1, 1] from generate_series(0, 59) as n`
    expect(await retain()).toEqual({ hours: 1, days: 0, dropped: 0 })
    const rows = await database.sql`
      select count::integer, errors::integer, cardinality(cells) as cells, counts[array_position(cells, 500::smallint)] as last
      from tag_monitoring.bucket`
    expect(rows).toEqual([{ count: 120, errors: 60, cells: 61, last: 60 }])
    expect(await retain()).toEqual({ hours: 0, days: 0, dropped: 0 })
  })

  test('folds old hours into days, and minutes that were left lying as well', async () => {
    await database.sql`
      insert into tag_monitoring.bucket
      select date_trunc('day', now(), 'utc') - interval '10 days' + make_interval(mins => n * 5), 'songs.search', '', 2, 1,
        array[n % 100, 500], array[1, 1] from generate_series(0, 287) as n`
    // Six hours of minutes a call.
    for (let calls = 0; calls < 5; calls += 1) await retain()
    const rows = await database.sql`
      select at = date_trunc('day', at, 'utc') as whole, count::integer, errors::integer, cardinality(cells) as cells,
        counts[array_position(cells, 500::smallint)] as last from tag_monitoring.bucket`
    expect(rows).toEqual([{ whole: true, count: 576, errors: 288, cells: 101, last: 288 }])
    expect(await retain()).toEqual({ hours: 0, days: 0, dropped: 0 })
  })

  test('leaves new minutes alone and drops what is too old', async () => {
    await database.sql`
      insert into tag_monitoring.bucket
      select now() - age, 'songs.search', '', 1, 0, '{}', '{}' from unnest(array['1 hour', '91 days']::interval[]) as age`
    await database.sql`insert into tag_monitoring.tag_use values (now() - interval '91 days', ${grace}, 'added', 1)`
    await database.sql`insert into tag_monitoring.search_pattern values (current_date - 91, 'old', 1, 0)`
    expect(await retain()).toEqual({ hours: 0, days: 0, dropped: 1 })
    const [left] = await database.sql`
      select (select count(*) from tag_monitoring.bucket)::integer as buckets,
        (select count(*) from tag_monitoring.tag_use)::integer as uses,
        (select count(*) from tag_monitoring.search_pattern)::integer as patterns`
    expect(left).toEqual({ buckets: 1, uses: 0, patterns: 0 })
  })
})
