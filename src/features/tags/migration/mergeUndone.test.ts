import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { addSongs, runnerFor } from '../../../../scripts/testing/migrationFixture.ts'
import { emptyDatabase, rollBack } from '../../../../scripts/testing/rollbackFixture.ts'
import { beginMigration, seeSong, tagNamed } from '../../../../scripts/testing/syncFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
afterEach(() => emptyDatabase(database))

const see = async (song: string) => (await seeSong(database.sql, song))?.tags
const unmerge = async (name: string) =>
  database.sql`select public.unmerge_tag(${await tagNamed(database.sql, name)})`
const merge = async (from: string, into: string) =>
  database.sql`select public.merge_tags(${await tagNamed(database.sql, from)}, ${await tagNamed(database.sql, into)})`

/** Migrates while one tag is merged into another, and undoes the merge then. */
async function migrateWhileMerged(from: string, into: string): Promise<void> {
  await beginMigration(database)
  await merge(from, into)
  await runnerFor(database, { unfinished: 'resume' }).run()
  await unmerge(from)
}

test('a link that was there before stays when a merge into its tag, in force at the batch, is undone', async () => {
  const [song = ''] = await addSongs(database.sql, [['Zedrick']])
  await database.sql`insert into public.song_tags (song_id, tag_id) values (${song}, ${await tagNamed(database.sql, 'Mercy')})`
  await migrateWhileMerged('Zedrick', 'Mercy')
  expect(await see(song)).toEqual(['Mercy', 'Zedrick'])

  await rollBack(database)
  expect(await see(song)).toEqual(['Mercy'])
})

test('a tag that stood for a planned one at the batch is not taken from people when the merge is undone', async () => {
  const [song = ''] = await addSongs(database.sql, [['Zedrick']])
  await migrateWhileMerged('Zedrick', 'Grace')
  expect(await see(song)).toEqual(['Zedrick'])

  await database.sql`update public.songs set themes = '{Zedrick,Grace}' where id = ${song}`
  await rollBack(database)
  expect(await see(song)).toEqual(['Grace'])
})
