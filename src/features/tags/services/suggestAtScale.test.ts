import postgres, { type ISql, type Sql } from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'

const TAGS = 20_000

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  const { sql } = database
  const words = ['grace', 'mercy', 'hope', 'light', 'river', 'morning', 'glory', 'shepherd', 'lamb', 'garden']
  await sql`
    insert into public.tags (name, usage_count)
    select (${words}::text[])[1 + i * 7 % 10] || ' ' || left(md5(i::text), 5) || ' ' || (${words}::text[])[1 + i / 10 % 10]
      || ' ' || i, i * 7919 % 1000
    from generate_series(1, ${TAGS}::integer) as i`
  await sql`insert into public.songs (title) select 'Song ' || i from generate_series(1, 2000) as i`
  await sql`
    insert into public.song_tags (song_id, tag_id)
    select s.id, t.id from public.songs as s
    cross join (select t.id from public.tags as t where t.is_standard order by t.id limit 10) as t`
  await superuser(
    (admin) => admin`vacuum analyze public.tags, public.tag_names, public.songs, public.song_tags`,
  )
})
afterAll(() => database.drop())

async function superuser<T>(act: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = postgres(database.superuserUrl, { max: 1 })
  try {
    return await act(sql)
  } finally {
    await sql.end()
  }
}

/** The tables that a statement reads from end to end, as Postgres counts them within its transaction. */
async function scanned(ask: (sql: ISql) => Promise<unknown>): Promise<string[]> {
  return await database.sql.begin(async (sql) => {
    const counts = () => sql<{ name: string; scans: string }[]>`
      select s.relname as name, s.seq_scan as scans from pg_catalog.pg_stat_xact_user_tables as s
      where s.relname in ('tags', 'tag_names', 'tag_synonyms', 'song_tags', 'songs') order by s.relname`
    const before = new Map((await counts()).map(({ name, scans }) => [name, scans]))
    await ask(sql)
    return (await counts()).filter(({ name, scans }) => scans !== before.get(name)).map(({ name }) => name)
  })
}

test.each([
  'g',
  'gr',
  'grace',
  'grace 1',
  'race',
  'shepherd',
  'shephred',
  'mornign',
  'thanksgivng',
  'nothing like it',
  '50%',
  '_',
])('suggestions for %j read no table from end to end', async (query) => {
  expect(await scanned((sql) => sql`select public.suggest_tags(${query}, 20)`)).toEqual([])
})

test('a table that is read from end to end is seen', async () => {
  expect(await scanned((sql) => sql`select t.name from public.tags as t`)).toEqual(['tags'])
})

test('neither do the most used tags, tags by id and companions', async () => {
  const [tag] = await database.sql<{ id: string }[]>`
    select t.id from public.tags as t where t.usage_count = 2000 limit 1`
  const ids = [tag?.id ?? '']
  expect(await scanned((sql) => sql`select public.popular_tags(100)`)).toEqual([])
  expect(await scanned((sql) => sql`select public.tags_by_id(${ids})`)).toEqual([])
  expect(await scanned((sql) => sql`select public.tag_companions(${ids})`)).toEqual([])
})

test('a query that thousands of names begin with is answered by standard tags, then the most used', async () => {
  const rows = await database.sql<{ name: string; is_standard: boolean; kind: string }[]>`
    select s.value -> 'tag' ->> 'name' as name, (s.value -> 'tag' ->> 'isStandard')::boolean as is_standard,
      s.value ->> 'kind' as kind
    from jsonb_array_elements(public.suggest_tags('gr', 20) -> 'suggestions') as s (value)`
  const expected = await database.sql<{ name: string }[]>`
    select t.name from public.tags as t where t.normalized_name like 'gr%' and not t.is_standard
    order by t.usage_count desc, t.name collate "C" limit 20`
  const standard = rows.filter((row) => row.is_standard)
  expect(standard.map((row) => row.name)).toContain('Grace')
  expect(rows.slice(0, standard.length)).toEqual(standard)
  expect(rows).toHaveLength(20)
  expect(new Set(rows.map((row) => row.kind))).toEqual(new Set(['prefix']))
  const others = rows.slice(standard.length).map((row) => row.name)
  expect(others).toEqual(expected.slice(0, others.length).map((row) => row.name))
  const [answer] = await database.sql`select public.suggest_tags('gr', 20) -> 'complete' as complete`
  expect(answer).toEqual({ complete: false })
})
