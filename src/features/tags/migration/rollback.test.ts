import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  addSongs,
  addUnsyncedSongs,
  MESSY,
  runnerFor,
  tagsBySong,
  themesBySong,
} from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { BatchSizer } from './batchSizer.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase()
})
afterEach(() => database.drop())

const sizer = () => new BatchSizer(100, 30)

test('forward and exactly back is the identity; twice back does nothing; forward again certifies the same', async () => {
  await addSongs(database.sql, MESSY)
  const themes = await themesBySong(database.sql)
  const tables = async () => [
    await database.sql`select * from public.songs order by id`,
    await database.sql`select id, name, category, is_standard from public.tags order by id`,
    await database.sql`select * from public.song_tags order by song_id, tag_id`,
    await database.sql`select * from tag_migration.song_state`,
  ]
  const before = await tables()
  const first = await runnerFor(database).run()
  const manager = runnerFor(database).rollbackManager

  const back = await manager.rollback(null, true, { worker: 'test', sizer: sizer() })
  expect(back).toMatchObject({
    phase: 'rolled-back',
    restoredCount: MESSY.length,
    linksRemoved: first.linksCreated,
    tagsRemoved: first.tagsCreated,
    conflicts: [],
    alreadyRolledBack: false,
  })
  expect(await tables()).toEqual(before)
  expect(await themesBySong(database.sql)).toEqual(themes)

  const again = await manager.rollback(null, true, { worker: 'test', sizer: sizer() })
  expect(again).toMatchObject({
    restoredCount: 0,
    linksRemoved: 0,
    tagsRemoved: 0,
    alreadyRolledBack: true,
  })
  expect(await tables()).toEqual(before)
  expect((await runnerFor(database).validate()).valid).toBe(true)

  const second = await runnerFor(database).run()
  expect(second.certificate).toBe(first.certificate)
  expect(second.runId).not.toBe(first.runId)
})

test('the default keeps an edit of the themes, the exact one restores and lists it', async () => {
  const [song = ''] = await addSongs(database.sql, [['Grace', null], ['Mercy']])
  await runnerFor(database).run()
  await database.sql`update public.songs set themes = '{Edited}' where id = ${song}`
  const manager = runnerFor(database).rollbackManager
  await manager.rollback(null, false, { worker: 'test', sizer: sizer() })
  expect((await themesBySong(database.sql)).get(song)).toBe('{Edited}')
  expect([...(await tagsBySong(database.sql)).values()]).toEqual([['Edited']])

  await database.sql`update public.songs set themes = array['Grace', null] where id = ${song}`
  await runnerFor(database).run()
  await database.sql`update public.songs set themes = '{Edited}' where id = ${song}`
  const conflict = {
    kind: 'themes-overwritten',
    songId: song,
    found: ['Edited'],
    restored: ['Grace', null],
  }
  expect((await manager.plan(null, true)).conflicts).toEqual([conflict])
  const back = await manager.rollback(null, true, { worker: 'test', sizer: sizer() })
  expect(back.conflicts).toEqual([conflict])
  expect((await themesBySong(database.sql)).get(song)).toBe('{Grace,NULL}')
})

test('without a name it takes back the newest run that stands, then the one before', async () => {
  const [first = ''] = await addSongs(database.sql, [['Grace']])
  const one = await runnerFor(database).run()
  await addUnsyncedSongs(database.sql, [['Mercy']])
  const two = await runnerFor(database).run()
  const manager = runnerFor(database).rollbackManager
  const options = { worker: 'test', sizer: sizer() }
  expect((await manager.rollback(null, false, options)).runId).toBe(two.runId)
  expect([...(await tagsBySong(database.sql)).keys()]).toEqual([first])
  expect(await manager.rollback(null, false, options)).toMatchObject({ runId: one.runId, restoredCount: 1 })
  expect((await tagsBySong(database.sql)).size).toBe(0)
  expect((await manager.rollback(null, false, options)).alreadyRolledBack).toBe(true)
})

test('exact restores an array that somebody made two-dimensional meanwhile', async () => {
  const [song = ''] = await addSongs(database.sql, [['Grace']])
  await runnerFor(database).run()
  await database.sql`update public.songs set themes = '{{Hope,Faith},{Joy,NULL}}' where id = ${song}`
  const found = [
    ['Hope', 'Faith'],
    ['Joy', null],
  ]
  const manager = runnerFor(database).rollbackManager
  const conflict = { kind: 'themes-overwritten', songId: song, found, restored: ['Grace'] }
  expect((await manager.plan(null, true)).conflicts).toContainEqual(conflict)
  const back = await manager.rollback(null, true, { worker: 'test', sizer: sizer() })
  expect(back.conflicts).toContainEqual(conflict)
  expect((await themesBySong(database.sql)).get(song)).toBe('{Grace}')
})

test('exact restores a link that a person removed and removes one that a person made, and lists it', async () => {
  const [song = ''] = await addSongs(database.sql, [['Grace']])
  const link = (name: string) =>
    database.sql`insert into public.song_tags (song_id, tag_id) select ${song}, id from public.tags where name = ${name}`
  await link('Advent')
  await runnerFor(database).run()
  await database.sql`delete from public.song_tags where tag_id = (select id from public.tags where name = 'Advent')`
  await link('Easter')
  const back = await runnerFor(database).rollbackManager.rollback(null, true, {
    worker: 'test',
    sizer: sizer(),
  })
  expect(back.conflicts).toEqual([
    { kind: 'themes-overwritten', songId: song, found: ['Grace', 'Easter'], restored: ['Grace'] },
    { kind: 'link-removed', songId: song, tag: 'Easter' },
    { kind: 'link-restored', songId: song, tag: 'Advent' },
  ])
  expect((await tagsBySong(database.sql)).get(song)).toEqual(['Advent'])
})

test('a tag that the run made and a person uses, renamed or promoted is kept and listed', async () => {
  const [song = ''] = await addSongs(database.sql, [
    ['Alpha one'],
    ['Beta two'],
    ['Gamma three'],
    ['Delta four'],
  ])
  await runnerFor(database).run()
  await database.sql`insert into public.song_tags (song_id, tag_id) select ${song}, id from public.tags where name = 'Beta two'`
  await database.sql`update public.tags set name = 'Gamma renamed' where name = 'Gamma three'`
  await database.sql`update public.tags set is_standard = true where name = 'Delta four'`
  const back = await runnerFor(database).rollbackManager.rollback(null, false, {
    worker: 'test',
    sizer: sizer(),
  })
  expect(back.conflicts).toEqual([
    { kind: 'tag-kept', tag: 'Beta two', reason: 'linked' },
    { kind: 'tag-kept', tag: 'Delta four', reason: 'promoted' },
    { kind: 'tag-kept', tag: 'Gamma renamed', reason: 'renamed' },
  ])
  expect(back.tagsRemoved).toBe(1)
  expect((await tagsBySong(database.sql)).get(song)).toEqual(['Beta two'])
})

test('a deleted song stays deleted and does not stop the way back', async () => {
  const [gone = ''] = await addSongs(database.sql, [['Grace'], ['Mercy']])
  await runnerFor(database).run()
  await database.sql`delete from public.songs where id = ${gone}`
  const back = await runnerFor(database).rollbackManager.rollback(null, true, {
    worker: 'test',
    sizer: sizer(),
  })
  expect(back).toMatchObject({ restoredCount: 1, phase: 'rolled-back' })
  expect([...(await themesBySong(database.sql)).keys()]).not.toContain(gone)
  const [record] =
    await database.sql`select themes, deleted_at from tag_migration.journal where song_id = ${gone}`
  expect(record?.themes).toEqual(['Grace'])
  expect(record?.deleted_at).not.toBeNull()
})

test('an interrupted rollback goes on where it stopped, in the form it was begun', async () => {
  await addSongs(
    database.sql,
    Array.from({ length: 60 }, () => ['Grace', 'Some custom theme']),
  )
  await runnerFor(database).run()
  const manager = runnerFor(database).rollbackManager
  const stop = new AbortController()
  const options = { worker: 'test', sizer: new BatchSizer(10, 0.001), signal: stop.signal }
  const part = await manager.rollback(null, true, { ...options, onBatch: () => stop.abort() })
  expect(part).toMatchObject({ phase: 'paused', restoredCount: 10 })
  await expect(manager.rollback(null, false, { worker: 'test', sizer: sizer() })).rejects.toMatchObject({
    code: 'busy',
  })
  await expect(runnerFor(database).run()).rejects.toMatchObject({ code: 'busy' })

  const rest = await manager.rollback(null, true, { worker: 'test', sizer: sizer() })
  expect(rest).toMatchObject({ phase: 'rolled-back', restoredCount: 60, linksRemoved: 120, tagsRemoved: 1 })
  expect((await tagsBySong(database.sql)).size).toBe(0)
})

test('there is nothing to roll back before the first run', async () => {
  await expect(runnerFor(database).rollbackManager.plan(null, false)).rejects.toMatchObject({
    code: 'unknown-run',
  })
})
