import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import type { Database } from '../../../lib/database.types.ts'

type Arguments = Database['public']['Functions']['search_songs']['Args']

interface Found {
  songs: { title: string; near: boolean; lyrics: string | null; tags: { name: string }[] }[]
  total: number
  next: string | null
}

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  const { sql } = database
  await sql`
    insert into public.songs (title, artist, lyrics) values
      ('Amazing Grace', 'John Newton', ${'Amazing grace! how sweet the sound\nThat saved a wretch like me'}),
      ('Glorious Things of Thee Are Spoken', 'John Newton', 'Glorious things of thee are spoken, Zion, city of our God'),
      ('Großer Gott, wir loben dich', 'Ignaz Franz', null),
      ('Be Thou My Vision', null, ${'Be Thou my vision, O Lord of my heart\r\nNaught be all else to me, save that Thou art'}),
      ('奇异恩典', null, '奇异恩典 何等甘甜'),
      ('100% Yours', null, null)`
})
afterAll(() => database.drop())

/** As anybody asks who is not signed in. */
async function search(filter: Arguments): Promise<Found> {
  const { data, error } = await database.anonClient().rpc('search_songs', filter)
  if (error !== null) throw error
  return data as unknown as Found
}

const titles = async (p_text: string) => (await search({ p_text })).songs.map((song) => song.title)

test.each([
  ['amazing', ['Amazing Grace']],
  ['GRACE amaz', ['Amazing Grace']],
  ['newton', ['Amazing Grace', 'Glorious Things of Thee Are Spoken']],
  ['grosser', ['Großer Gott, wir loben dich']],
  ['Großer Gott', ['Großer Gott, wir loben dich']],
  ['恩典', ['奇异恩典']],
  ['典', ['奇异恩典']],
  ['甘甜', ['奇异恩典']],
  ['典恩', []],
  ['100%', ['100% Yours']],
  ['wretch newton', ['Amazing Grace']],
  ['nothing of the kind', []],
])('%j finds %j', async (text, expected) => {
  expect(await titles(text)).toEqual(expected)
})

test('the last word is a beginning, until white space follows it', async () => {
  expect((await search({ p_text: 'glor' })).songs).toMatchObject([{ near: false }])
  expect((await search({ p_text: 'glor ' })).songs).toMatchObject([{ near: true }])
  expect(await titles('glor things')).toEqual([])
})

test('titles come before names of artists, and these before lyrics', async () => {
  const { sql } = database
  await sql`insert into public.songs (title, artist, lyrics) values
    ('Zion', null, null), ('A Hymn', 'Zion Choir', null), ('Zion, Haste', null, null), ('O Zion', null, null)`
  expect(await titles('zion')).toEqual([
    'Zion',
    'Zion, Haste',
    'O Zion',
    'A Hymn',
    'Glorious Things of Thee Are Spoken',
  ])
})

test('a line of the lyrics is shown where only these matched', async () => {
  const [song] = (await search({ p_text: 'naught else' })).songs
  expect(song).toMatchObject({
    title: 'Be Thou My Vision',
    lyrics: 'Naught be all else to me, save that Thou art',
    near: false,
  })
  expect((await search({ p_text: 'vision' })).songs[0]?.lyrics).toBeNull()
})

test('lyrics of twenty thousand characters without a space are saved and found', async () => {
  const { sql } = database
  await sql`insert into public.songs (title, lyrics) values ('Long', ${`${'甘'.repeat(19_998)}露`})`
  expect(await titles('甘露')).toEqual(['Long'])
  await sql`delete from public.songs where title = 'Long'`
})

test.each(['amazng', 'amaizng grace', 'Vison', 'glorius thngs'])(
  'a title is found although %j is misspelt, and says so',
  async (text) => {
    const { songs } = await search({ p_text: text })
    expect(songs).toHaveLength(1)
    expect(songs[0]?.near).toBe(true)
  },
)
