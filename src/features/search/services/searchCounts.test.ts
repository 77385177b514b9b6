import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadSongs } from '../../../../scripts/seed/loadSongs.ts'
import { makeSongs } from '../../../../scripts/seed/makeSongs.ts'
import { SeededRandom } from '../../../../scripts/seed/seededRandom.ts'
import { PlainSearch } from '../../../../scripts/testing/plainSearch.ts'
import { mergeTags, unmergeTag } from '../../../../scripts/testing/rollbackFixture.ts'
import { compare, search, someFilter } from '../../../../scripts/testing/searchFixture.ts'
import { tagNamed } from '../../../../scripts/testing/syncFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'

const SONGS = 250
const SEARCHES = 60

let database: TestDatabase
const random = new SeededRandom('search counts')

beforeAll(async () => {
  database = await createTestDatabase()
  const { sql } = database
  await loadSongs(sql, makeSongs(SONGS, 'counts'), 'refuse')
  await sql`update public.songs set themes = null`
  await sql`
    insert into public.song_tags (song_id, tag_id)
    select distinct s.id, t.id from public.songs as s
    cross join generate_series(1, 5) as i
    join (select t.id, row_number() over (order by t.name) as place from public.tags as t) as t
      on t.place = 1 + abs(hashtext(s.id::text || i)) % (10 + abs(hashtext(i::text || s.id)) % 90)`
  await sql`insert into public.songs (title, created_at) values ('Without', '2020-01-01'), ('without', '2020-01-01')`
})
afterAll(() => database.drop())

async function compareSome(searches: number): Promise<void> {
  const plain = await PlainSearch.read(database.sql)
  for (let index = 0; index < searches; index += 1)
    await compare(database.anonClient(), plain, someFilter(random, plain))
}

const fold = () => database.sql`select song_search.fold(0) from public.songs limit 5`
const notes = async () => (await database.sql`select from song_search.changed`).length

test('songs, totals and facets are those of a plain search, before the songs are in the sets', async () => {
  const { sql } = database
  await sql`truncate song_search.tag_songs, song_search.fact_songs`
  await sql`insert into song_search.changed (song_id) select s.id from public.songs as s`
  await compareSome(SEARCHES)
})

test('and when they are', async () => {
  await fold()
  expect(await notes()).toBe(0)
  await compareSome(SEARCHES)
})

test('and after people changed some of them', async () => {
  const { sql } = database
  await fold()
  const some = (from: number) => sql`select s.id from public.songs as s order by s.id offset ${from} limit 12`
  await sql`delete from public.song_tags where song_id in (${some(0)})`
  await sql`delete from public.songs where id in (${some(20)})`
  await sql`update public.songs set title = 'O ' || title, lyrics = null where id in (${some(30)})`
  await sql`update public.arrangements set key = 'C', tempo = null where song_id in (${some(50)})`
  await sql`delete from public.arrangements where song_id in (${some(70)})`
  await sql`insert into public.songs (title, lyrics) values ('Entirely new', 'the Lord my song'), ('New, too', null)`
  await sql`
    insert into public.song_tags (song_id, tag_id) select s.id, t.id
    from public.songs as s, public.tags as t where s.title in ('Entirely new', 'New, too') and t.name in ('Grace', 'Joy')`
  await sql`
    insert into public.arrangements (song_id, name, key, difficulty) select s.id, 'x', 'G', 3 from public.songs as s where s.title = 'New, too'`
  await sql`
    update public.arrangements set song_id = (select id from public.songs where title = 'Entirely new')
    where id in (select a.id from public.arrangements as a order by a.id limit 5)`
  expect(await notes()).toBeGreaterThan(0)
  await compareSome(SEARCHES)
  await fold()
  await compareSome(20)
})

test('and while tags are merged and banned; whoever sees banned tags counts them', async () => {
  const { sql } = database
  const [one, other, banned] = (
    await sql<
      { name: string }[]
    >`select t.name from public.tags as t order by t.usage_count desc, t.name limit 3`
  ).map((row) => row.name)
  const moderator = await database.signUp()
  await sql`select public.grant_role(${moderator.email}, 'moderator')`
  await mergeTags(sql, one ?? '', other ?? '')
  await sql`update public.tags set banned_at = now() where name = ${banned ?? ''}`
  await compareSome(30)
  const everything = await PlainSearch.read(sql, { seesBanned: true })
  for (let index = 0; index < 20; index += 1)
    await compare(moderator.client, everything, someFilter(random, everything))
  const merged = { p_all: [await tagNamed(sql, one ?? '')] }
  expect((await search(database.anonClient(), merged)).total).toBeGreaterThan(0)
  await unmergeTag(sql, one ?? '')
  await sql`update public.tags set banned_at = null`
  await compareSome(30)
})

test('opened songs are the most used ones; each counts once a person and day', async () => {
  const { sql } = database
  const [first, second] = await sql<{ id: string }[]>`select id from public.songs order by title desc limit 2`
  const [one, two] = [await database.signUp(), await database.signUp()]
  for (const { client } of [one, one, two]) await client.rpc('song_opened', { p_song: second?.id ?? '' })
  await one.client.rpc('song_opened', { p_song: first?.id ?? '' })
  const { songs } = await search(database.anonClient(), { p_sort: 'most_used', p_limit: 2 })
  expect(songs.map((song) => song.id)).toEqual([second?.id, first?.id])
  expect(await sql`select uses from song_search.song where uses > 0 order by uses`).toEqual([
    { uses: 1 },
    { uses: 2 },
  ])
  await compareSome(20)
})
