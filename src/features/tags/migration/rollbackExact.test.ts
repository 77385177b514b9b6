import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import {
  addSongs,
  runnerFor,
  type Themes,
  tagsBySong,
  themesBySong,
} from '../../../../scripts/testing/migrationFixture.ts'
import {
  emptyDatabase,
  mergeTags,
  rollBack,
  sortedConflicts,
  tag,
  untag,
} from '../../../../scripts/testing/rollbackFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
afterEach(() => emptyDatabase(database))

const migrate = () => runnerFor(database, { validateChecksum: false }).run()

test('brings every array back to the byte, over every edit, and lists each with both values', async () => {
  const songs: Themes[] = [
    null,
    [],
    [null],
    ['b', 'a', 'b', ' b '],
    ['', '\t', 'Grace/Mercy'],
    ['x'.repeat(500)],
  ]
  const ids = await addSongs(database.sql, songs)
  const before = await themesBySong(database.sql)
  await migrate()
  for (const id of ids) await database.sql`update public.songs set themes = '{Edited,NULL}' where id = ${id}`
  const back = await rollBack(database, { exact: true })
  expect(await themesBySong(database.sql)).toEqual(before)
  expect(sortedConflicts(back.conflicts.filter((one) => one.kind === 'themes-overwritten'))).toEqual(
    sortedConflicts(
      ids.map((songId, n) => ({
        kind: 'themes-overwritten' as const,
        songId,
        found: ['Edited', null],
        restored: songs[n] ?? null,
      })),
    ),
  )
  expect((await tagsBySong(database.sql)).size).toBe(0)
})

test('restores the links that were there and removes those that came, each listed', async () => {
  const [song = '', merged = '', lost = ''] = await addSongs(database.sql, [['Grace'], ['Hope'], []])
  await tag(database.sql, song, 'Advent')
  await tag(database.sql, merged, 'Advent')
  await database.sql`insert into public.tags (name) values ('Fleeting')`
  const [fleeting] = await database.sql<{ id: string }[]>`select id from public.tags where name = 'Fleeting'`
  await tag(database.sql, lost, 'Fleeting')
  await migrate()
  await untag(database.sql, song, 'Advent')
  await untag(database.sql, song, 'Grace')
  await tag(database.sql, song, 'Easter')
  await untag(database.sql, lost, 'Fleeting')
  await database.sql`delete from public.tags where name = 'Fleeting'`
  await mergeTags(database.sql, 'Advent', 'Christmas')
  const back = await rollBack(database, { exact: true })
  expect(sortedConflicts(back.conflicts)).toEqual(
    sortedConflicts([
      { kind: 'themes-overwritten', songId: song, found: ['Easter'], restored: ['Grace'] },
      { kind: 'link-removed', songId: song, tag: 'Easter' },
      // Advent is Christmas today.
      { kind: 'link-restored', songId: song, tag: 'Christmas' },
      { kind: 'link-lost', songId: lost, tagId: fleeting?.id ?? '' },
    ]),
  )
  const tags = await tagsBySong(database.sql)
  expect(tags.get(song)).toEqual(['Christmas'])
  expect(tags.get(merged)).toEqual(['Christmas'])
  expect(tags.has(lost)).toBe(false)
})

test.each([false, true])(
  'resurrects no deleted song and leaves born ones as they are (exact: %s); nothing is synced any more',
  async (exact) => {
    const [gone = '', stays = ''] = await addSongs(database.sql, [['Grace'], ['Own theme']])
    await migrate()
    await database.sql`delete from public.songs where id = ${gone}`
    const [born = ''] = await addSongs(database.sql, [['Own theme', ' Hope', null]])
    expect((await tagsBySong(database.sql)).get(born)).toEqual(['Hope', 'Own theme'])
    const back = await rollBack(database, { exact })
    expect(back).toMatchObject({
      phase: 'rolled-back',
      restoredCount: 1,
      conflicts: [{ kind: 'tag-kept', tag: 'Own theme', reason: 'linked' }],
    })
    expect(await themesBySong(database.sql)).toEqual(
      new Map(
        [
          [stays, '{"Own theme"}'],
          [born, '{"Own theme"," Hope",NULL}'],
        ].toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)) as [string, string][],
      ),
    )
    expect(await tagsBySong(database.sql)).toEqual(new Map([[born, ['Hope', 'Own theme']]]))
    expect(await database.sql`select from tag_migration.song_state`).toEqual([])

    await database.sql`update public.songs set themes = '{Joy}'`
    expect(await tagsBySong(database.sql)).toEqual(new Map([[born, ['Hope', 'Own theme']]]))
    // The next run finds the born song's tags as its own.
    await migrate()
    expect((await tagsBySong(database.sql)).get(born)).toEqual(['Hope', 'Joy', 'Own theme'])
  },
)
