import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addSongs, runnerFor } from '../../../../scripts/testing/migrationFixture.ts'
import {
  beginMigration,
  migrateAsProposed,
  outOfStep,
  seeSong,
  tagNamed,
} from '../../../../scripts/testing/syncFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'

let database: TestDatabase
/** A song that the run migrated from `Grace / Mercy`, which its plan splits. */
let compound: string

beforeAll(async () => {
  database = await createTestDatabase()
  ;[compound = ''] = await addSongs(database.sql, [['Hope', 'Grace / Mercy', 'Grace']])
  await migrateAsProposed(database)
})
afterAll(async () => {
  try {
    expect(await outOfStep(database.sql)).toEqual([])
  } finally {
    await database.drop()
  }
})

async function add(themes: string | null): Promise<string> {
  const [song] = await database.sql<{ id: string }[]>`
    insert into public.songs (title, themes) values ('A song', ${themes}::text[]) returning id`
  return song?.id ?? ''
}
const see = (song: string) => seeSong(database.sql, song)

/** Links without any function, as rows of the table. */
const link = async (song: string, ...names: string[]) => {
  const ids = await Promise.all(names.map((name) => tagNamed(database.sql, name)))
  return database.sql`
    insert into public.song_tags (song_id, tag_id) select ${song}, u.id from unnest(${ids}::uuid[]) as u (id)`
}
const unlink = async (song: string, ...names: string[]) => {
  const ids = await Promise.all(names.map((name) => tagNamed(database.sql, name)))
  return database.sql`delete from public.song_tags where song_id = ${song} and tag_id = any (${ids})`
}

describe('a new client tags a synced song', () => {
  test('the current name is appended, the version raised once a statement', async () => {
    const song = await add('{Grace,Grace}')
    await link(song, 'Mercy', 'Advent')
    expect(await see(song)).toEqual({
      themes: '{Grace,Grace,Mercy,Advent}',
      tags: ['Advent', 'Grace', 'Mercy'],
      version: 2,
    })
  })

  test('NULL becomes {name}', async () => {
    const song = await add(null)
    await link(song, 'Mercy')
    expect(await see(song)).toEqual({ themes: '{Mercy}', tags: ['Mercy'], version: 2 })
  })

  test('no-op if linked', async () => {
    const song = await add('{grace}')
    await link(song, 'Grace')
    expect(await see(song)).toEqual({ themes: '{grace}', tags: ['Grace'], version: 1 })
  })

  test('a theme that yielded something else before stays what it was, beside the new one', async () => {
    const song = await add('{Lent}')
    await database.sql`
      update tag_migration.song_state set yields = array[${await tagNamed(database.sql, 'Hope')}::uuid] where song_id = ${song}`
    await database.sql.begin(async (sql) => {
      await sql`select set_config('tag_migration.engine', 'on', true)`
      await sql`update public.song_tags set tag_id = ${await tagNamed(database.sql, 'Hope')} where song_id = ${song}`
      await sql`update public.tags set usage_count = (select count(*) from public.song_tags where tag_id = id)`
    })
    await link(song, 'Lent')
    expect(await see(song)).toMatchObject({ themes: '{Lent,Lent}', tags: ['Hope', 'Lent'] })
    await unlink(song, 'Hope')
    expect(await see(song)).toMatchObject({ themes: '{Lent}', tags: ['Lent'] })
  })

  test('an array of two dimensions becomes a list', async () => {
    const song = await add('{{Grace},{Mercy}}')
    await link(song, 'Hope')
    expect(await see(song)).toMatchObject({ themes: '{Grace,Mercy,Hope}', tags: ['Grace', 'Hope', 'Mercy'] })
  })

  test('many songs in one statement: each its own', async () => {
    const songs = [await add('{Grace}'), await add(null), await add('{Mercy}')]
    await database.sql`
      insert into public.song_tags (song_id, tag_id)
      select s.id, t.id from unnest(${songs}::uuid[]) as s (id) cross join public.tags as t where t.name in ('Mercy', 'Joy')`
    expect(await Promise.all(songs.map(see))).toEqual([
      {
        themes: expect.stringMatching(/^\{Grace,(Mercy,Joy|Joy,Mercy)\}$/),
        tags: ['Grace', 'Joy', 'Mercy'],
        version: 2,
      },
      { themes: expect.stringMatching(/^\{(Mercy,Joy|Joy,Mercy)\}$/), tags: ['Joy', 'Mercy'], version: 2 },
      { themes: '{Mercy,Joy}', tags: ['Joy', 'Mercy'], version: 2 },
    ])
  })
})

describe('a new client untags a synced song', () => {
  test('every element that yields only it goes', async () => {
    const song = await add('{Grace,Mercy,GRACE,NULL," "}')
    await unlink(song, 'Grace')
    expect(await see(song)).toEqual({ themes: '{Mercy,NULL," "}', tags: ['Mercy'], version: 2 })
  })

  test('the last one leaves {}', async () => {
    const song = await add('{Grace}')
    await unlink(song, 'Grace')
    expect(await see(song)).toEqual({ themes: '{}', tags: [], version: 2 })
  })

  test('a compound is replaced in place by its other recorded parts', async () => {
    expect(await see(compound)).toMatchObject({ tags: ['Grace', 'Hope', 'Mercy'] })
    await unlink(compound, 'Grace')
    expect(await see(compound)).toEqual({ themes: '{Hope,Mercy}', tags: ['Hope', 'Mercy'], version: 2 })
  })

  test('a compound of which everything is removed goes', async () => {
    const song = await add('{"Grace / Mercy",Hope}')
    await unlink(song, 'Grace', 'Mercy')
    expect(await see(song)).toEqual({ themes: '{Hope}', tags: ['Hope'], version: 2 })
  })

  test('what no theme yields goes without a theme, and the version says so', async () => {
    const other = await createTestDatabase()
    try {
      const [song = ''] = await addSongs(other.sql, [null])
      await other.sql`insert into public.song_tags (song_id, tag_id) select ${song}, id from public.tags where name = 'Lent'`
      await runnerFor(other).run()
      await other.sql`delete from public.song_tags`
      expect(await seeSong(other.sql, song)).toEqual({ themes: null, tags: [], version: 3 })
      expect(await outOfStep(other.sql)).toEqual([])
    } finally {
      await other.drop()
    }
  })
})

describe('a song that is not yet migrated, while a run is on', () => {
  let other: TestDatabase
  beforeAll(async () => {
    other = await createTestDatabase()
    await addSongs(other.sql, [['Grace', 'Grace / Mercy', 'GRACE', 'Hope'], null])
    await beginMigration(other)
  })
  afterAll(() => other.drop())

  test('takes a new tag into its themes, and loses what resolves to an untagged one', async () => {
    const [first, second] = await other.sql<
      { id: string }[]
    >`select id from public.songs order by themes is null`
    const tag = (song: string | undefined, name: string) =>
      other.sql`insert into public.song_tags (song_id, tag_id) select ${song ?? ''}, id from public.tags where name = ${name}`
    await tag(second?.id, 'Advent')
    expect(await seeSong(other.sql, second?.id ?? '')).toEqual({
      themes: '{Advent}',
      tags: ['Advent'],
      version: 2,
    })
    await tag(first?.id, 'Grace')
    expect(await seeSong(other.sql, first?.id ?? '')).toMatchObject({
      themes: '{Grace,"Grace / Mercy",GRACE,Hope,Grace}',
      tags: ['Grace'],
    })
    await other.sql`delete from public.song_tags where song_id = ${first?.id ?? ''}`
    expect(await seeSong(other.sql, first?.id ?? '')).toEqual({
      themes: '{Mercy,Hope}',
      tags: [],
      version: 3,
    })

    await runnerFor(other).run()
    expect(await seeSong(other.sql, first?.id ?? '')).toMatchObject({ tags: ['Hope', 'Mercy'] })
    expect(await seeSong(other.sql, second?.id ?? '')).toMatchObject({ tags: ['Advent'] })
    expect(await outOfStep(other.sql)).toEqual([])
  })
})

test('without a run the themes stay, and the version says that the tags have changed', async () => {
  const other = await createTestDatabase()
  try {
    const [song = ''] = await addSongs(other.sql, [['Grace']])
    await other.sql`insert into public.song_tags (song_id, tag_id) select ${song}, id from public.tags where name = 'Lent'`
    expect(await seeSong(other.sql, song)).toEqual({ themes: '{Grace}', tags: ['Lent'], version: 2 })
    await other.sql`delete from public.song_tags`
    expect(await seeSong(other.sql, song)).toEqual({ themes: '{Grace}', tags: [], version: 3 })
  } finally {
    await other.drop()
  }
})
