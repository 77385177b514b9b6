import postgres, { type ReservedSql, type Sql } from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'

const SONGS = 9000

let database: TestDatabase
let admin: Sql
let session: ReservedSql
let plans: string[] = []
let rare: string

beforeAll(async () => {
  database = await createTestDatabase()
  // Only the superuser may load what tells the plans of statements inside of functions.
  admin = postgres(database.superuserUrl, { max: 1, onnotice: ({ message }) => plans.push(message ?? '') })
  session = await admin.reserve()
  await session`
    insert into public.songs (title, artist, lyrics)
    select 'Song ' || md5(i::text), 'Artist ' || i % 50, 'verse ' || md5(i::text || 'x') || case when i % 200 = 0 then ' seldom' else '' end
    from generate_series(1, ${SONGS}::integer) as i`
  await session`
    insert into public.arrangements (song_id, name, key, tempo, difficulty)
    select s.id, 'x', (array['C', 'D', 'G'])[1 + abs(hashtext(s.title)) % 3], 60 + abs(hashtext(s.title)) % 90, 1 + abs(hashtext(s.title)) % 5
    from public.songs as s`
  await session`select set_config('tag_migration.engine', 'on', false)`
  await session`
    insert into public.song_tags (song_id, tag_id)
    select distinct s.id, t.id from public.songs as s cross join generate_series(1, 3) as i
    join (select t.id, row_number() over (order by t.name) as place from public.tags as t) as t
      on t.place = 1 + abs(hashtext(s.title || i)) % 200`
  await session`reset tag_migration.engine`
  await session`insert into song_search.changed (song_id) select s.id from public.songs as s`
  while ((await session`select from song_search.changed limit 1`).length > 0)
    await session`select song_search.fold(0)`
  await session`vacuum analyze`
  const [tag] = await session<{ id: string }[]>`
    select l.tag_id::text as id from public.song_tags as l group by l.tag_id order by count(*), l.tag_id limit 1`
  rare = tag?.id ?? ''
  await session`load 'auto_explain'`
  await session`set auto_explain.log_nested_statements = on`
  await session`set client_min_messages = log`
})
afterAll(async () => {
  session.release()
  await admin.end()
  await database.drop()
})

/** The plans of everything that an expression does, one for each statement. */
async function plansOf(expression: string): Promise<string[]> {
  await session`set auto_explain.log_min_duration = 0`
  plans = []
  await session.unsafe(`select ${expression}`)
  await session`set auto_explain.log_min_duration = -1`
  return plans
}

const READ_WHOLE = /Seq Scan on (songs|song_tags|song|words|arrangements)\b.*/g

test.each<[string, () => string, RegExp[]]>([
  ['words', () => `'seldom'`, [/on words_idx/]],
  ['a title that is misspelt', () => `'arti'`, [/on words_idx/]],
  ['words and tags', () => `'seldom', p_all => array['${rare}']`, [/on words_idx/, /(on|using) tag_songs_/]],
  ['all of some tags', () => `p_all => array['${rare}']`, [/(on|using) tag_songs_/, /(on|using) song_n_key/]],
  ['any of some tags', () => `p_any => array['${rare}']`, [/(on|using) tag_songs_/]],
  ['none of some tags', () => `'seldom', p_none => array['${rare}']`, [/(on|using) tag_songs_/]],
  ['a category', () => `'seldom', p_categories => '{mood}'`, [/fact_songs/]],
  [
    'an arrangement',
    () => `p_keys => '{G}', p_tempo_from => 70, p_tempo_to => 71, p_difficulty_to => 1`,
    [/(on|using) fact_songs_/],
  ],
  ['the newest of them', () => `p_all => array['${rare}'], p_sort => 'newest'`, [/(on|using) song_n_key/]],
  [
    'the most used of them',
    () => `p_all => array['${rare}'], p_sort => 'most_used'`,
    [/(on|using) song_n_key/],
  ],
  ['all songs by title', () => `p_sort => 'title'`, [/Index Only Scan using song_title_idx/]],
  ['all songs, the newest first', () => `p_sort => 'newest'`, [/Index Only Scan using song_newest_idx/]],
  [
    'all songs, the most used first',
    () => `p_sort => 'most_used'`,
    [/Index Only Scan using song_most_used_idx/],
  ],
])('a search for %s reads no table of songs or links from end to end', async (_, search, indexes) => {
  const text = (await plansOf(`public.search_songs(${search()})`)).join('\n')
  expect(text.includes('Query Text')).toBe(true)
  expect(text.match(READ_WHOLE) ?? []).toEqual([])
  expect(indexes.filter((index) => !index.test(text))).toEqual([])
})

test('a plan that reads a table from end to end is seen', async () => {
  const text = await plansOf(`count(*) from public.songs as s where s.lyrics like '%seldom%'`)
  expect(text.join('\n').match(READ_WHOLE)).toHaveLength(1)
})

test('words and lyrics lie beside their table: what reads all of it for a frequent word reads little', async () => {
  const [row] = await session<{ bytes: number }[]>`
    select (pg_relation_size('song_search.words') / count(*))::integer as bytes from song_search.words`
  expect(row?.bytes).toBeLessThan(150)
})

test('what themes yield is looked up when it may have changed, by hashes, and not by each search', async () => {
  const lookUps = async () =>
    (await plansOf(`public.search_songs('seldom')`)).filter((plan) =>
      plan.includes('join tag_migration.run_theme as t on'),
    )
  await session`insert into public.songs (title, themes) values ('Themed', '{Grace,"Own way"}')`
  expect(await lookUps()).not.toEqual([])
  expect(await lookUps()).toEqual([])
  await session`insert into public.tags (name) values ('Own Way')`
  const [plan] = await lookUps()
  // The tables of a migration look empty to the planner while it fills them.
  expect(plan).toMatch(/Hash (Left |Right )?Join/)
  expect(plan).not.toContain('Nested Loop')
  expect(await lookUps()).toEqual([])
})

test('sets of a stretch that the planner takes for empty are not compared each with each', async () => {
  await session`analyze song_search.theme_songs`
  const fold = `song_search.fold_sets(
    'song_search.theme_songs', 'theme', 7, ~ song_search.none(),
    array(select md5(i::text) from generate_series(1, 400) as i),
    array(select ~ song_search.none() from generate_series(1, 400) as i)
  )`
  await session.unsafe(`select ${fold}`)
  const folding = (await plansOf(fold)).filter((plan) => plan.includes('Insert on theme_songs'))
  expect(folding).toHaveLength(1)
  expect(folding[0]).toMatch(/Hash (Left|Right|Full)? ?Join/)
  expect(folding[0]).not.toContain('Nested Loop')
})
