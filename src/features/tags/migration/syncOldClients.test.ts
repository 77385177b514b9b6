import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addSongs, runnerFor } from '../../../../scripts/testing/migrationFixture.ts'
import {
  beginMigration,
  migrate,
  outOfStep,
  seeSong,
  tagNamed,
} from '../../../../scripts/testing/syncFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'

let database: TestDatabase
let run: string

beforeAll(async () => {
  database = await createTestDatabase()
  await addSongs(database.sql, [['Grace'], ['Mercy', 'Own theme']])
  run = await migrate(database)
})
afterAll(async () => {
  try {
    expect(await outOfStep(database.sql)).toEqual([])
  } finally {
    await database.drop()
  }
})

/** An old client saves the whole array, written as Postgres writes it. */
const save = (song: string, themes: string | null) =>
  database.sql`update public.songs set themes = ${themes}::text[] where id = ${song}`

/** A song that comes while the run stands. */
async function add(themes: string | null): Promise<string> {
  const [song] = await database.sql<{ id: string }[]>`
    insert into public.songs (title, themes) values ('A song', ${themes}::text[]) returning id`
  return song?.id ?? ''
}

const see = (song: string) => seeSong(database.sql, song)

/** Its links as they are in the table: a link that was deleted and made again has another place. */
const links = (song: string) =>
  database.sql`select ctid::text, tag_id, xmin::text from public.song_tags where song_id = ${song} order by tag_id`

describe('an old client edits a synced song', () => {
  test('equal array saved again: no link changes, even after a rename', async () => {
    const song = await add('{Hope,"Hope ",Patience}')
    const before = await links(song)
    await save(song, '{Hope,"Hope ",Patience}')
    expect(await links(song)).toEqual(before)
    await database.sql`update public.tags set name = 'Patience of saints' where name = 'Patience'`
    await save(song, '{Hope,"Hope ",Patience}')
    expect(await links(song)).toEqual(before)
    expect(await see(song)).toMatchObject({ themes: '{Hope,"Hope ",Patience}', version: 3 })
  })

  test('only the difference is written', async () => {
    const song = await add('{Grace,Mercy}')
    const grace = await tagNamed(database.sql, 'Grace')
    const kept = (await links(song)).find((link) => link.tag_id === grace)
    await save(song, '{Grace,Joy}')
    expect(await see(song)).toEqual({ themes: '{Grace,Joy}', tags: ['Grace', 'Joy'], version: 2 })
    expect(await links(song)).toContainEqual(kept)
  })

  test('the k-th equal raw keeps its yields, a further one takes those of the first', async () => {
    const song = await add('{Twofold}')
    const [kept] = await links(song)
    // From now on the same name leads elsewhere.
    await database.sql`update public.tags set name = 'Renamed twofold' where name = 'Twofold'`
    await save(song, '{Grace,Twofold,Twofold}')
    expect(await see(song)).toMatchObject({ tags: ['Grace', 'Renamed twofold'] })
    expect(await links(song)).toContainEqual(kept)
    await save(song, '{Twofold}')
    expect(await see(song)).toMatchObject({ tags: ['Renamed twofold'] })
    expect(await add('{Twofold}').then(see)).toMatchObject({ tags: ['Twofold'] })
  })

  test('reorder: no link changes', async () => {
    const song = await add('{Grace,Mercy,Grace}')
    const before = await links(song)
    await save(song, '{Mercy,Grace,Grace}')
    expect(await links(song)).toEqual(before)
    expect(await see(song)).toMatchObject({ themes: '{Mercy,Grace,Grace}' })
  })

  test('remove one of two spellings: the tag stays while any element yields it', async () => {
    const song = await add('{Grace,GRACE}')
    const before = await links(song)
    await save(song, '{GRACE}')
    expect(await links(song)).toEqual(before)
    await save(song, '{}')
    expect(await see(song)).toEqual({ themes: '{}', tags: [], version: 3 })
  })

  test.each([
    ['NULL', null],
    ['{}', '{}'],
    ['a NULL element', '{NULL}'],
    ['a blank', '{"  "}'],
    ['too long', `{"${'long '.repeat(11)}"}`],
    ['only dashes', '{---}'],
  ])('%s: stays as written and links nothing', async (_, themes) => {
    const song = await add('{Grace}')
    await save(song, themes)
    expect(await see(song)).toMatchObject({ themes, tags: [] })
    await save(song, '{Mercy}')
    expect(await see(song)).toMatchObject({ tags: ['Mercy'] })
  })

  test('what the run’s plan knows goes by the plan', async () => {
    await database.sql`
      update tag_migration.run_theme set tag_ids = array[${await tagNamed(database.sql, 'Hope')}::uuid] where raw = 'Own theme'`
    const song = await add('{Grace}')
    await save(song, '{"Own theme"}')
    expect(await see(song)).toMatchObject({ tags: ['Hope'] })
  })

  test('a theme that the plan does not know takes a tag’s synonym, or else becomes a custom tag for review', async () => {
    await database.sql`
      insert into public.tag_synonyms (tag_id, name) values (${await tagNamed(database.sql, 'Joy')}, 'Gladness of heart')`
    const song = await add(null)
    await save(song, '{"gladness of  heart","  Quite   new ","quite NEW"}')
    expect(await see(song)).toMatchObject({ tags: ['Joy', 'Quite new'] })
    expect(
      await database.sql`select needs_review, is_standard, usage_count::integer from public.tags where name = 'Quite new'`,
    ).toEqual([{ needs_review: true, is_standard: false, usage_count: 1 }])
  })

  test('several songs in one statement, tags going and coming', async () => {
    const songs = [await add('{Grace}'), await add('{Mercy}'), await add('{Advent}')]
    await database.sql`update public.songs set themes = '{Mercy,Lent}' where id = any (${songs})`
    for (const song of songs)
      expect(await see(song)).toEqual({ themes: '{Mercy,Lent}', tags: ['Lent', 'Mercy'], version: 2 })
  })

  test('an array of two dimensions yields its elements', async () => {
    const song = await add('{{Grace,Mercy},{Hope,Grace}}')
    expect(await see(song)).toMatchObject({ tags: ['Grace', 'Hope', 'Mercy'] })
    await save(song, '{{Grace,Joy},{Hope,Grace}}')
    expect(await see(song)).toMatchObject({ tags: ['Grace', 'Hope', 'Joy'] })
  })

  test('links found before the batch stay whatever the themes say', async () => {
    const other = await createTestDatabase()
    try {
      const [extra = ''] = await addSongs(other.sql, [['Grace']])
      await other.sql`
        insert into public.song_tags (song_id, tag_id) select ${extra}, id from public.tags where name = 'Lent'`
      await migrate(other)
      await other.sql`update public.songs set themes = null where id = ${extra}`
      expect(await seeSong(other.sql, extra)).toMatchObject({ themes: null, tags: ['Lent'] })
      expect(await outOfStep(other.sql)).toEqual([])
    } finally {
      await other.drop()
    }
  })
})

describe('songs that come and go', () => {
  test('inserted mid-run: synced at once, and the journal says born', async () => {
    const song = await add('{Grace,Xyzzy}')
    expect(await see(song)).toEqual({ themes: '{Grace,Xyzzy}', tags: ['Grace', 'Xyzzy'], version: 1 })
    const [record] = await database.sql`
      select j.run_id, j.is_born, j.themes, j.names, cardinality(j.linked) as linked,
        j.line_hash = sha256(tag_migration.canonical_line(j.song_id, j.themes, j.names)) as hashed
      from tag_migration.journal as j where j.song_id = ${song}`
    expect(record).toEqual({
      run_id: run,
      is_born: true,
      themes: ['Grace', 'Xyzzy'],
      names: ['grace', 'xyzzy'],
      linked: 2,
      hashed: true,
    })
  })

  test('deleted: its state goes with it, and the journal says so', async () => {
    const song = await add('{Grace}')
    await database.sql`delete from public.songs where id = ${song}`
    expect(await database.sql`select from tag_migration.song_state where song_id = ${song}`).toHaveLength(0)
    expect(
      await database.sql`select from tag_migration.journal where song_id = ${song} and deleted_at is not null`,
    ).toHaveLength(1)
  })
})

describe('a song that is not yet migrated', () => {
  test('is written as an old client says; the batch decides later', async () => {
    const other = await createTestDatabase()
    try {
      const [song = ''] = await addSongs(other.sql, [['Mercy']])
      await beginMigration(other)
      await other.sql`update public.songs set themes = '{Joy}' where id = ${song}`
      expect(await seeSong(other.sql, song)).toEqual({ themes: '{Joy}', tags: [], version: 2 })
      await runnerFor(other).run()
      expect(await seeSong(other.sql, song)).toEqual({ themes: '{Joy}', tags: ['Joy'], version: 2 })
    } finally {
      await other.drop()
    }
  })
})

test('without a run nothing follows', async () => {
  const other = await createTestDatabase()
  try {
    const [song = ''] = await addSongs(other.sql, [['Grace']])
    await other.sql`update public.songs set themes = '{Mercy}'`
    expect(await seeSong(other.sql, song)).toEqual({ themes: '{Mercy}', tags: [], version: 2 })
    expect(await other.sql`select from tag_migration.song_state`).toHaveLength(0)
  } finally {
    await other.drop()
  }
})
