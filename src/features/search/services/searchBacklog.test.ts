import type { ISql } from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadSongs } from '../../../../scripts/seed/loadSongs.ts'
import { makeSongs } from '../../../../scripts/seed/makeSongs.ts'
import { SeededRandom } from '../../../../scripts/seed/seededRandom.ts'
import { PlainSearch } from '../../../../scripts/testing/plainSearch.ts'
import { compare, search, someFilter } from '../../../../scripts/testing/searchFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'

const SONGS = 250

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  await loadSongs(database.sql, makeSongs(SONGS, 'backlog'), 'refuse')
})
afterAll(() => database.drop())

/** As the migration leaves a large songbook that was there before it. */
async function forgetIndex(): Promise<void> {
  await database.sql`truncate song_search.song cascade`
  await database.sql`insert into song_search.backlog (next) values ('00000000-0000-0000-0000-000000000000')`
}

const total = async () => (await search(database.anonClient(), { p_text: '' })).total

test('songs of before are indexed by searches, some at a time', async () => {
  const { sql } = database
  await forgetIndex()
  expect(await total()).toBe(200)
  await sql`insert into public.songs (title) values ('Meanwhile')`
  await sql`update public.songs set title = 'Meanwhile, too' where id = (select max(id::text)::uuid from public.songs)`
  expect(await total()).toBe(SONGS + 1)
  expect(await sql`select from song_search.backlog`).toHaveLength(0)
  const plain = await PlainSearch.read(sql)
  const random = new SeededRandom('search backlog')
  for (let index = 0; index < 12; index += 1)
    await compare(database.anonClient(), plain, someFilter(random, plain))
})

test('or at one go by whoever deploys; nobody waits for whoever is at it', async () => {
  const { sql } = database
  const more = async (on: ISql = sql) =>
    (await on<{ more: boolean }[]>`select song_search.index_backlog(100) as more`)[0]?.more
  await forgetIndex()
  await sql.begin(async (other) => {
    expect(await more(other)).toBe(true)
    expect(await more()).toBe(true)
    expect(await sql`select from song_search.song`).toHaveLength(0)
  })
  expect([await more(), await more(), await more()]).toEqual([true, false, false])
  expect(await sql`select from song_search.song`).toHaveLength(SONGS + 1)
  expect(await total()).toBe(SONGS + 1)
})
