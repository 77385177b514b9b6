import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { addSongs, runnerFor } from '../../../../scripts/testing/migrationFixture.ts'
import {
  emptyDatabase,
  mergeTags,
  rollBack,
  unmergeTag,
} from '../../../../scripts/testing/rollbackFixture.ts'
import { beginMigration, seeSong, tagNamed } from '../../../../scripts/testing/syncFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
afterEach(() => emptyDatabase(database))

const see = async (song: string) => (await seeSong(database.sql, song))?.tags
const unmerge = (name: string) => unmergeTag(database.sql, name)
const merge = (from: string, into: string) => mergeTags(database.sql, from, into)

const link = async (song: string, name: string) =>
  database.sql`
    insert into public.song_tags (song_id, tag_id) values (${song}, ${await tagNamed(database.sql, name)})`

/** Migrates, with this done when the run stands and no batch has come yet. */
async function migrateAfter(deeds: () => Promise<unknown>): Promise<void> {
  await beginMigration(database)
  await deeds()
  await runnerFor(database, { unfinished: 'resume' }).run()
}

/** Migrates while one tag is merged into another, and undoes the merge then. */
async function migrateWhileMerged(from: string, into: string): Promise<void> {
  await migrateAfter(() => merge(from, into))
  await unmerge(from)
}

/** A song that people give these tags, the first of which is merged, before its batch comes. */
async function migrateLinked(links: string[], into: string): Promise<string> {
  const [song = ''] = await addSongs(database.sql, [['Zedrick']])
  await migrateAfter(async () => {
    for (const name of links) await link(song, name)
    await merge(links[0] ?? '', into)
  })
  return song
}

async function expectExactlyBack(song: string, tags: string[]): Promise<void> {
  expect((await runnerFor(database).validate()).valid).toBe(true)
  await rollBack(database, { exact: true })
  expect(await see(song)).toEqual(tags)
}

test('a link that was there before stays when a merge into its tag, in force at the batch, is undone', async () => {
  const [song = ''] = await addSongs(database.sql, [['Zedrick']])
  await link(song, 'Mercy')
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

test('a link that a merge moved before the batch goes with the theme that yields it', async () => {
  const [song = ''] = await addSongs(database.sql, [['Zedrick']])
  await migrateAfter(async () => {
    await link(song, 'Zedrick')
    await merge('Zedrick', 'Grace')
  })
  await database.sql`update public.songs set themes = '{}' where id = ${song}`
  expect(await see(song)).toEqual([])
})

test('what a person linked comes back by its name when a merge is undone after a rollback', async () => {
  const [both = '', one = ''] = await addSongs(database.sql, [['Hope'], ['Hope']])
  await runnerFor(database).run()
  await link(both, 'Joy')
  await link(both, 'Grace')
  await link(one, 'Joy')
  await merge('Joy', 'Grace')
  await rollBack(database)
  expect([await see(both), await see(one)]).toEqual([['Grace'], ['Grace']])
  await unmerge('Joy')
  expect([await see(both), await see(one)]).toEqual([['Grace', 'Joy'], ['Joy']])
})

test('a link that was there before and that the run yields comes back by its name, too', async () => {
  const [song = ''] = await addSongs(database.sql, [['Joy']])
  await link(song, 'Joy')
  await runnerFor(database).run()
  await merge('Joy', 'Grace')
  await rollBack(database)
  await unmerge('Joy')
  expect(await see(song)).toEqual(['Joy'])
})

test('an exact rollback brings back what was linked, not what it was merged into when the batch came', async () => {
  const song = await migrateLinked(['Joy'], 'Grace')
  await unmerge('Joy')
  await expectExactlyBack(song, ['Joy'])
})

test('an exact rollback brings back both of two links that were one when the batch came', async () => {
  const song = await migrateLinked(['Joy', 'Grace'], 'Grace')
  await unmerge('Joy')
  await expectExactlyBack(song, ['Grace', 'Joy'])
})

test('what stood for a link when the batch came keeps none of the run, once that merge is undone', async () => {
  const song = await migrateLinked(['Joy'], 'Grace')
  await unmerge('Joy')
  await merge('Grace', 'Zedrick')
  await rollBack(database)
  expect(await see(song)).toEqual(['Joy'])
  await unmerge('Grace')
})

test('an exact rollback brings back what was linked, too, when that was merged on after the batch', async () => {
  const song = await migrateLinked(['Grace'], 'Mercy')
  await merge('Mercy', 'Joy')
  await unmerge('Grace')
  await expectExactlyBack(song, ['Grace'])
})

test('what an exact rollback brings back under a merge comes back by its name when that is undone', async () => {
  const [song = ''] = await addSongs(database.sql, [['Zedrick']])
  await link(song, 'Joy')
  await runnerFor(database).run()
  await merge('Joy', 'Grace')
  await rollBack(database, { exact: true })
  expect(await see(song)).toEqual(['Grace'])
  await unmerge('Joy')
  expect(await see(song)).toEqual(['Joy'])
})

test('a song born meanwhile keeps its tags by their names through a rollback', async () => {
  await addSongs(database.sql, [['Zedrick']])
  await runnerFor(database).run()
  const [born = ''] = await addSongs(database.sql, [['Joy']])
  await merge('Joy', 'Grace')
  await rollBack(database)
  await unmerge('Joy')
  expect(await see(born)).toEqual(['Joy'])
})

test('a link that a person took off keeps none of the run on, though the two tags are one by now', async () => {
  const [song = ''] = await addSongs(database.sql, [['Zedrick']])
  await link(song, 'Joy')
  await runnerFor(database).run()
  await database.sql`delete from public.song_tags where tag_id = ${await tagNamed(database.sql, 'Joy')}`
  await merge('Joy', 'Zedrick')
  await rollBack(database)
  expect(await see(song)).toEqual([])
})

test('what stood for a tag of the run at the batch, and a person linked since, is hers when nothing else is left', async () => {
  const [song = ''] = await addSongs(database.sql, [['Zedrick']])
  await migrateWhileMerged('Zedrick', 'Grace')
  await database.sql`update public.songs set themes = '{Grace}' where id = ${song}`
  await rollBack(database)
  expect(await see(song)).toEqual(['Grace'])
  expect((await runnerFor(database).validate()).valid).toBe(true)
})
