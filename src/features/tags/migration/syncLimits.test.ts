import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addSongs } from '../../../../scripts/testing/migrationFixture.ts'
import { migrate, outOfStep, seeSong, tagNamed } from '../../../../scripts/testing/syncFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'

type Client = TestDatabase['serviceClient']

let database: TestDatabase
let editor: Client
let long: string

const themes = (count: number, name = 'Theme') => Array.from({ length: count }, (_, n) => `${name} ${n}`)
const same = (count: number) => Array.from({ length: count }, () => 'Grace')

beforeAll(async () => {
  database = await createTestDatabase()
  ;[long = ''] = await addSongs(database.sql, [themes(150)])
  const person = await database.signUp()
  await database.serviceClient.rpc('grant_role', { p_email: person.email, p_role: 'editor' })
  editor = person.client
})
afterAll(async () => {
  try {
    expect(await outOfStep(database.sql)).toEqual([])
  } finally {
    await database.drop()
  }
})

const insert = (client: Client, list: string[]) =>
  client.from('songs').insert({ title: 'A song', themes: list }).select('id').single()
const save = (client: Client, song: string, list: string[]) =>
  client.from('songs').update({ themes: list }).eq('id', song).select('version')

describe('at most 100 themes a song', () => {
  test('before a run, for people; an import by the secret key brings what there is', async () => {
    expect((await insert(editor, same(101))).error).toMatchObject({
      code: '23514',
      message: 'A song has at most 100 themes, and these are 101.',
    })
    const { data } = await insert(editor, same(100))
    expect((await save(editor, data?.id ?? '', same(101))).error?.code).toBe('23514')
    expect((await insert(database.serviceClient, same(101))).error).toBeNull()
  })

  test('a migration takes its data as found, and who makes such a song shorter is not refused', async () => {
    await migrate(database)
    expect((await seeSong(database.sql, long))?.tags).toHaveLength(150)
    expect((await editor.from('songs').update({ title: 'Renamed' }).eq('id', long)).error).toBeNull()
    expect((await save(editor, long, themes(151))).error?.code).toBe('23514')
    expect((await save(editor, long, themes(149))).error).toBeNull()
    expect((await seeSong(database.sql, long))?.tags).toHaveLength(149)
  })

  test('while a run stands, for the secret key, too, and for tags', async () => {
    expect((await insert(database.serviceClient, same(101))).error?.code).toBe('23514')
    const { data } = await insert(database.serviceClient, same(100))
    const song = data?.id ?? ''
    const mercy = await tagNamed(database.sql, 'Mercy')
    for (const client of [editor, database.serviceClient])
      expect((await client.from('song_tags').insert({ song_id: song, tag_id: mercy })).error).toMatchObject({
        code: '23514',
        message: 'A song has at most 100 themes, and these are 101.',
      })
    expect(await seeSong(database.sql, song)).toMatchObject({ tags: ['Grace'], version: 1 })
  })
})

describe('at most 10 new custom tags in one person’s statement', () => {
  test('by themes: those that exist do not count', async () => {
    const { data } = await insert(editor, ['Grace'])
    const song = data?.id ?? ''
    expect((await save(editor, song, themes(11, 'Fresh'))).error).toMatchObject({
      code: '23514',
      message: 'At most 10 new tags can be made at once, and these themes need 11.',
    })
    expect(await database.sql`select from public.tags where name like 'Fresh%'`).toHaveLength(0)
    expect((await save(editor, song, ['Grace', ...themes(10, 'Fresh'), 'fresh  9'])).error).toBeNull()
    expect((await save(editor, song, [...themes(11, 'Fresh')])).error).toBeNull()
    expect((await insert(editor, themes(11, 'Other'))).error?.code).toBe('23514')
  })

  test('many songs in one statement: by the secret key 10 each', async () => {
    const songs = [0, 1].map((n) => ({ title: 'A song', themes: themes(8, `Many ${n}`) }))
    expect((await editor.from('songs').insert(songs)).error?.code).toBe('23514')
    expect((await database.serviceClient.from('songs').insert(songs)).error).toBeNull()
  })

  test('as rows of the table, for people only', async () => {
    const rows = themes(11, 'Row').map((name) => ({ name }))
    expect((await editor.from('tags').insert(rows)).error).toMatchObject({
      code: '23514',
      message: 'At most 10 new tags can be made at once.',
    })
    expect((await editor.from('tags').insert(rows.slice(0, 10))).error).toBeNull()
    expect(
      (await database.serviceClient.from('tags').insert(themes(11, 'Bulk').map((name) => ({ name })))).error,
    ).toBeNull()
  })
})
