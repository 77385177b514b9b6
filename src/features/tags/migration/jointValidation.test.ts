import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { addSongs, addUnsyncedSongs, MESSY, runnerFor } from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { KeptTables, tamper } from '../../../../scripts/testing/validationFixture.ts'

const FIRST = '00000000-0000-0000-0000-000000000000'
/** Beyond all songs, but not the end of all ids: what follows the last chunk is not looked at. */
const UNTIL = 'ffffffff-ffff-ffff-ffff-fffffffffffe'
const IN_ORDER = { undone: 0, quarantined: 0, differing: 0, differences: [] }

let database: TestDatabase
let kept: KeptTables
let ids: string[]
let run: string

beforeAll(async () => {
  database = await createTestDatabase()
  ids = await addSongs(database.sql, MESSY)
  const [tagged] = await addSongs(database.sql, [['Peace']])
  await database.sql`
    insert into public.song_tags (song_id, tag_id) select ${tagged ?? ''}, id from public.tags where name = 'Grace'`
  run = (await runnerFor(database).run()).runId ?? ''
  kept = new KeptTables(database.sql, [
    'public.songs',
    'public.song_tags',
    'tag_migration.song_state',
    'tag_migration.journal',
    'tag_migration.run',
  ])
  await kept.keep()
})
afterEach(() => kept.restore())
afterAll(() => database.drop())

async function judge(until = UNTIL) {
  const { sql } = database
  const [row] = await sql<{ joint: Record<string, unknown> | null; alone: Record<string, unknown> }[]>`
    select public.tag_migration_validate_songs(${run}, ${FIRST}, ${until}) -> 'live' as joint,
      public.tag_migration_validate_live(${FIRST}, ${until}) as alone`
  if (row === undefined) throw new Error('The database did not answer.')
  const { joint, alone } = row
  return { joint, alone: Object.fromEntries(Object.keys(IN_ORDER).map((key) => [key, alone[key]])) }
}

test('songs that are in order are found so beside their records', async () => {
  expect((await judge()).joint).toEqual(IN_ORDER)
})

test('what nobody but the engine may do is found beside the records as it is without them', async () => {
  const [noThemes, , grace, spellings, , , compound] = ids
  await tamper(database.sql, async (sql) => {
    await sql`delete from public.song_tags where song_id = ${grace ?? ''}`
    await sql`update public.songs set themes = '{Unseen}' where id in ${sql([noThemes ?? '', spellings ?? ''])}`
    await sql`delete from tag_migration.song_state where song_id = ${compound ?? ''}`
    await sql`
      insert into public.song_tags (song_id, tag_id)
      select ${ids[1] ?? ''}, id from public.tags where name = 'Mercy'`
  })
  await addUnsyncedSongs(database.sql, [['Nobody digested it'], null])
  const { joint, alone } = await judge()
  expect(joint).toMatchObject({ ...alone, undone: 3, differing: 4 })
  expect(alone.differences).toHaveLength(4)
})

test('a song of which no record is left is found, and one that was born or deleted is in order', async () => {
  const [, deleted, unrecorded] = ids
  await addSongs(database.sql, [['Born'], null])
  await database.sql`delete from public.songs where id = ${deleted ?? ''}`
  expect((await judge()).joint).toMatchObject(IN_ORDER)

  await tamper(
    database.sql,
    (sql) => sql`delete from tag_migration.journal where song_id = ${unrecorded ?? ''}`,
  )
  const { joint, alone } = await judge()
  expect(joint).toMatchObject(alone)
  expect(joint).toMatchObject({ differing: 1, differences: [{ songId: unrecorded, recordExists: false }] })
})

test('songs whose tag was merged, and that people edited, are in order', async () => {
  const { sql } = database
  await sql`update public.songs set themes = array_append(themes, 'Edited') where themes <> '{}'`
  await tamper(sql, async (transaction) => {
    await transaction`
      update public.tags set merged_into = (select id from public.tags where name = 'Mercy') where name = 'Grace'`
    await transaction`
      update public.song_tags set tag_id = (select id from public.tags where name = 'Mercy')
      where tag_id = (select id from public.tags where name = 'Grace')`
  })
  const { joint, alone } = await judge()
  await tamper(
    sql,
    (transaction) => transaction`update public.tags set merged_into = null where name = 'Grace'`,
  )
  expect(alone).toEqual(IN_ORDER)
  expect(joint).toMatchObject(IN_ORDER)
})

test('it is left to a look of its own after the last chunk, with many doubtful songs, and beside another run', async () => {
  expect((await judge('ffffffff-ffff-ffff-ffff-ffffffffffff')).joint).toBeNull()

  await addUnsyncedSongs(
    database.sql,
    Array.from({ length: 1001 }, () => null),
  )
  expect((await judge()).joint).toBeNull()
  expect((await runnerFor(database).validate()).valid).toBe(false)

  await kept.restore()
  await addUnsyncedSongs(database.sql, [['Later']])
  await runnerFor(database).run()
  expect((await judge()).joint).toBeNull()
  const report = await runnerFor(database, { workers: 2 }).validate()
  expect(
    report.checks.filter(({ query }) => query === 'tag_migration_validate_live').every(({ ok }) => ok),
  ).toBe(true)
  expect(await runnerFor(database).validate()).toEqual(report)
})

test('the record of a song that people edited since is compared with the plan all the same', async () => {
  const { sql } = database
  const grace = ids[2] ?? ''
  const spellings = ids[3] ?? ''
  await sql`update public.songs set themes = '{Edited}' where themes <> '{}'`
  const differences = async () => {
    const [row] = await sql<{ differences: unknown }[]>`
      select public.tag_migration_validate_songs(${run}, ${FIRST}, ${UNTIL}) -> 'differences' as differences`
    return row?.differences
  }
  expect(await differences()).toEqual([])

  await tamper(sql, async (transaction) => {
    // With its hash, as somebody would who knows how it is made.
    await transaction`
      update tag_migration.journal as j set themes = '{Mercy}',
        line_hash = sha256(tag_migration.canonical_line(j.song_id, '{Mercy}', j.names))
      where j.song_id = ${grace}`
    await transaction`
      update tag_migration.journal set linked = array[(select id from public.tags where name = 'Mercy')]
      where song_id = ${spellings}`
  })
  const named = [grace, spellings].map((songId) => ({
    songId,
    edited: true,
    lineMatches: true,
    recordMatches: false,
  }))
  expect(await differences()).toHaveLength(2)
  expect(await differences()).toEqual(
    expect.arrayContaining(named.map((one) => expect.objectContaining(one))),
  )
})
