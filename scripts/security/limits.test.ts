import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/testDatabase.ts'

let database: TestDatabase
let client: TestDatabase['serviceClient']
let person: string
let song: string

beforeAll(async () => {
  database = await createTestDatabase()
  ;({ client, id: person } = await database.signUp())
  const { data } = await client.from('songs').insert({ title: 'My own' }).select('id').single()
  song = data?.id ?? ''
})
afterAll(() => database.drop())

// Anybody may sign up, add songs, and so give everybody something to read.
test('a song and its arrangements are no larger than people write them', async () => {
  const codes = await Promise.all([
    client.from('songs').insert({ title: 'x'.repeat(301) }),
    client.from('songs').insert({ title: 'A song', artist: 'x'.repeat(301) }),
    client.from('songs').insert({ title: 'A song', lyrics: 'x'.repeat(100_001) }),
    client.from('arrangements').insert({ song_id: song, name: 'x'.repeat(301) }),
  ])
  expect(codes.map(({ error }) => error?.code)).toEqual(['23514', '23514', '23514', '23514'])
  const largest = { title: 'x'.repeat(300), artist: 'é'.repeat(300), lyrics: 'é '.repeat(50_000) }
  expect((await client.from('songs').insert(largest)).error).toBeNull()
})

test('a theme is no book, but for what an import has brought', async () => {
  const long = 'é'.repeat(1001)
  const add = (who: typeof client, themes: string[]) =>
    who.from('songs').insert({ title: 'A song', themes }).select('id').single()
  expect((await add(client, ['Grace', long])).error?.code).toBe('23514')
  const { data } = await add(database.serviceClient, [long])
  await database.sql`update public.songs set created_by = ${person} where id = ${data?.id ?? ''}`
  const save = (themes: string[]) =>
    client
      .from('songs')
      .update({ themes })
      .eq('id', data?.id ?? '')
      .select('id')
  expect((await save([long, 'Grace'])).error).toBeNull()
  expect((await save([`${long}s`])).error?.code).toBe('23514')
})

test('what one call gives to do is bounded', async () => {
  const ids = (count: number) => Array.from({ length: count }, () => crypto.randomUUID())
  const names = Array.from({ length: 101 }, () => 'Grace')
  const refused = { code: '23514', message: expect.stringMatching(/^At most/) }
  for (const { error } of [
    await client.rpc('tag_song', { p_song: song, p_tags: ids(1001) }),
    await client.rpc('tag_song', { p_song: song, p_tags: [], p_names: names }),
    await client.rpc('untag_song', { p_song: song, p_tags: ids(1001) }),
    await client.rpc('tidy_tag_names', { p_names: names }),
  ])
    expect(error).toMatchObject(refused)
  expect(
    (await client.rpc('tag_song', { p_song: song, p_tags: [], p_names: names.slice(1) })).error,
  ).toBeNull()

  // Beyond the first thousand, what is chosen already is suggested again.
  const suggested = async (chosen: string[]) => {
    const { data } = await database.anonClient().rpc('suggest_tags', { p_query: 'Grace', p_chosen: chosen })
    return JSON.stringify(data)
  }
  const [grace] = await database.sql`select id from public.tags where name = 'Grace'`
  expect(await suggested([...ids(999), grace?.id])).not.toContain(grace?.id)
  expect(await suggested([...ids(1000), grace?.id])).toContain(grace?.id)
})
