import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadSongs } from '../../../../scripts/seed/loadSongs.ts'
import { makeSongs } from '../../../../scripts/seed/makeSongs.ts'
import { SeededRandom } from '../../../../scripts/seed/seededRandom.ts'
import { fetchAnd, runnerFor } from '../../../../scripts/testing/migrationFixture.ts'
import { PlainSearch } from '../../../../scripts/testing/plainSearch.ts'
import { mergeTags, rollBack, tag, unmergeTag, untag } from '../../../../scripts/testing/rollbackFixture.ts'
import { compare, search, someFilter } from '../../../../scripts/testing/searchFixture.ts'
import { beginMigration, tagNamed } from '../../../../scripts/testing/syncFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { dropThemes, restoreThemes } from '../../tags/migration/contractStep.ts'
import { createMigrationClient } from '../../tags/migration/migrationClient.ts'
import { MigrationDatabase } from '../../tags/migration/migrationDatabase.ts'

const SONGS = 160
const SEARCHES = 12

let database: TestDatabase
const random = new SeededRandom('search during a migration')

beforeAll(async () => {
  database = await createTestDatabase({ announcesDdl: true })
  const { sql } = database
  await loadSongs(sql, makeSongs(SONGS, 'search'), 'refuse')
  const songs = await sql<{ id: string }[]>`select id from public.songs order by id limit 12`
  for (const [index, { id }] of songs.entries()) await tag(sql, id, ['Grace', 'Advent'][index % 2] ?? '')
})
afterAll(() => database.drop())

/** What a search finds is what the engine says that songs carry, with and without sets that hold it. */
async function compareSome(): Promise<void> {
  for (const isFolded of [false, true]) {
    if (isFolded) await database.sql`select song_search.fold(0)`
    const plain = await PlainSearch.read(database.sql)
    for (let index = 0; index < SEARCHES; index += 1)
      await compare(database.anonClient(), plain, someFilter(random, plain))
  }
}

/** People at work: an old client edits and adds, a new one tags and untags, a moderator merges. */
async function edit(): Promise<void> {
  const { sql } = database
  const songs = (
    await sql<
      { id: string }[]
    >`select id from public.songs order by md5(id::text || ${random.below(1000)}) limit 6`
  ).map((row) => row.id)
  const [one = '', two = '', three = '', four = '', five = '', six = ''] = songs
  await sql`update public.songs set themes = array['Praise', 'Hope', 'A theme of mine'] where id = ${one}`
  await sql`update public.songs set themes = null where id = ${two}`
  await sql`insert into public.songs (title, themes) values ('Born', '{Grace,"A theme of mine"}')`
  await tag(sql, three, 'Easter')
  await tag(sql, four, 'Joy')
  await untag(sql, five, 'Praise')
  await sql`delete from public.songs where id = ${six}`
}

const find = async (name: string) => {
  const { songs } = await search(database.anonClient(), {
    p_all: [await tagNamed(database.sql, name)],
    p_limit: 100,
  })
  return songs.map((song) => song.id).toSorted()
}

test('before a run, songs are found by the tags that their themes name', async () => {
  expect((await find('Christmas')).length).toBeGreaterThan(5)
  await compareSome()
})

test('a tag and a synonym that come find the songs that have written them already', async () => {
  const { sql } = database
  await sql`insert into public.songs (title, themes) values ('Early', '{"Own way"}'), ('Earlier', '{"my way"}')`
  await sql`insert into public.tags (name) values ('Own Way')`
  expect(await find('Own Way')).toHaveLength(1)
  await sql`insert into public.tag_synonyms (tag_id, name) values (${await tagNamed(sql, 'Own Way')}, 'My way')`
  expect(await find('Own Way')).toHaveLength(2)
  await compareSome()
})

test('from the first batch to the last nothing is lost and nothing comes, and people’s edits count', async () => {
  await beginMigration(database)
  await edit()
  await compareSome()
  const before = new Map<string, string[]>()
  const names = ['Grace', 'Praise', 'Christmas', 'Own Way', 'Prayer']
  for (const name of names) before.set(name, await find(name))
  let batches = 0
  await runnerFor(
    database,
    { batchSize: 40, profile: 'quiet', unfinished: 'resume' },
    fetchAnd(database, 'tag_migration_batch', async (answers) => {
      batches = answers
      if (answers > 3) return
      for (const name of names) expect(await find(name)).toEqual(before.get(name))
      await compareSome()
    }),
  ).run()
  expect(batches).toBeGreaterThan(2)
  for (const name of names) expect(await find(name)).toEqual(before.get(name))
  await compareSome()
  await edit()
  await mergeTags(database.sql, 'Easter', 'Resurrection')
  await compareSome()
})

test('without the old column, and when it has come back', async () => {
  const engine = new MigrationDatabase(
    createMigrationClient(database.apiUrl, database.secretKey, database.fetch),
    { maxRetries: 3, delayMs: 1, sleep: () => Promise.resolve(), random: () => 0, onRetry: () => undefined },
  )
  const { sql, serviceClient } = database
  await serviceClient.rpc('tag_migration_record_rehearsal', {
    p_songs: 1,
    p_differing: 0,
    p_report: {},
    p_worker: 'test',
  })
  for (let isClean = false; !isClean; ) {
    const { data } = await serviceClient.rpc('tag_migration_check_drift')
    isClean = (data as { isRoundComplete: boolean }).isRoundComplete
  }
  await sql`update tag_migration.old_client_write set day = day - 1`
  await dropThemes(engine, 0, { worker: 'test' })
  const [song] = await sql<{ id: string }[]>`
    select l.song_id as id from public.song_tags as l where l.tag_id = ${await tagNamed(sql, 'Grace')} order by l.song_id limit 1`
  await untag(sql, song?.id ?? '', 'Grace')
  await tag(sql, song?.id ?? '', 'Doxology')
  await sql`insert into public.songs (title) values ('Later')`
  await sql`update public.songs set title = 'Later still' where title = 'Later'`
  expect(await find('Doxology')).toContain(song?.id)
  await compareSome()
  await restoreThemes(engine, { worker: 'test' })
  await compareSome()
})

test('after a rollback songs are found by their themes again, as these are by then', async () => {
  await rollBack(database)
  await unmergeTag(database.sql, 'Easter')
  expect(await database.sql`select from tag_migration.song_state`).toHaveLength(0)
  expect((await find('Doxology')).length).toBeGreaterThan(0)
  await edit()
  await compareSome()
})
