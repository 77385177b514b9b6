import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'

let database: TestDatabase
let grace: string

beforeAll(async () => {
  database = await createTestDatabase({ http: true })
  const { sql } = database
  await sql`insert into public.songs (title, lyrics) values ('Grace', 'Amazing grace'), ('100% \\o/ it''s & (all) |', null)`
  await sql`
    insert into public.song_tags (song_id, tag_id)
    select s.id, t.id from public.songs as s, public.tags as t where s.title = 'Grace' and t.name = 'Grace'`
  const [tag] = await sql<{ id: string }[]>`select id from public.tags where name = 'Grace'`
  grace = tag?.id ?? ''
})
afterAll(() => database.drop())

interface Answer {
  status: number
  total?: number
  message?: string
}

/** Over the network, with a body as a client wrote it: what is no JSON that JavaScript would make, too. */
async function ask(body: object | string): Promise<Answer> {
  const response = await fetch(`${database.apiUrl}/rest/v1/rpc/search_songs`, {
    method: 'POST',
    headers: { apikey: database.publishableKey, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const answer: { total?: number; message?: string } = await response.json()
  return {
    status: response.status,
    ...(answer.total !== undefined && { total: answer.total }),
    ...(answer.message !== undefined && { message: answer.message }),
  }
}

const nothing = { status: 200, total: 0 }

test.each<[string, object]>([
  ['an id of no tag', { p_all: ['00000000-0000-4000-8000-000000000000'] }],
  ['what is no id', { p_all: ['grace'] }],
  ['no id beside one', { p_all: ['', 'grace'] }],
  ['any of no ids', { p_any: ["'; drop table songs; --", '%'] }],
  ['a category that there is not', { p_categories: ['genre'] }],
  ['a key that there is not', { p_keys: ['H', '', 'G#bm'] }],
  ['a range that is upside down', { p_difficulty_from: 4, p_difficulty_to: 2 }],
  ['a tempo beyond all numbers of this size', { p_tempo_from: 2147483647 }],
  ['a tempo below them', { p_tempo_to: -2147483648 }],
  ['LIKE’s characters', { p_text: '%_%' }],
  ['a quote and a backslash', { p_text: "xyz' \\" }],
  ['an id of a million characters', { p_all: ['x'.repeat(1_000_000)] }],
  ['10,000 characters', { p_text: 'amazin'.repeat(1667) }],
  ['10,000 words', { p_text: 'verse '.repeat(10_000) }],
  ['NULs as text', { p_text: '\uFFFD' }],
])('%s finds nothing', async (_, body) => {
  expect(await ask(body)).toEqual(nothing)
})

test.each<[string, object, number]>([
  [
    'an unknown id among those that are not wanted',
    { p_none: ['grace', '00000000-0000-4000-8000-000000000000'] },
    2,
  ],
  ['an id in capitals', { p_any: ['no', 'GRACE-ID'] }, 1],
  [
    'what is NULL',
    { p_text: null, p_all: null, p_any: null, p_none: null, p_categories: null, p_keys: null },
    2,
  ],
  ['NULL among ids that are not wanted', { p_none: [null] }, 2],
  ['a limit of nothing', { p_limit: 0 }, 2],
  ['a limit below nothing', { p_limit: -5 }, 2],
  ['operators of a query', { p_text: '!grace | (' }, 1],
  ['blanks', { p_text: ' \t\n\u00A0\u200B ' }, 2],
  ['LIKE’s character in a title', { p_text: '100%' }, 1],
  ['punctuation that titles have', { p_text: "it's & (all) |" }, 1],
])('%s is passed over', async (_, body, total) => {
  const text = JSON.stringify(body).replace('GRACE-ID', grace.toUpperCase())
  expect(await ask(text)).toEqual({ status: 200, total })
})

test.each<[string, object, RegExp]>([
  ['a cursor that is none', { p_after: 'nonsense' }, /begin with the first page/],
  ['an empty cursor', { p_after: '' }, /begin with the first page/],
  ['a cursor in other letters', { p_after: 'Größe' }, /begin with the first page/],
  [
    'a cursor that holds no object',
    { p_after: Buffer.from('[1]').toString('base64') },
    /begin with the first page/,
  ],
  [
    'a cursor that holds no text',
    { p_after: Buffer.from([0xff, 0x00]).toString('base64') },
    /begin with the first page/,
  ],
  [
    'a cursor with numbers that are none',
    { p_after: Buffer.from('{"sort":"title","rank":"x","key":"a","n":1}').toString('base64') },
    /begin with the first page/,
  ],
  [
    'a cursor beyond all numbers',
    { p_after: Buffer.from('{"sort":"title","rank":1e30,"key":"a","n":1}').toString('base64') },
    /begin with the first page/,
  ],
  [
    'a cursor of another sort',
    {
      p_sort: 'newest',
      p_after: Buffer.from('{"sort":"title","rank":0,"key":"a","n":1}').toString('base64'),
    },
    /begin with the first page/,
  ],
  [
    'a cursor with a time that there is not',
    {
      p_sort: 'newest',
      p_after: Buffer.from('{"sort":"newest","rank":-9223372036854775807,"key":"","n":1}').toString('base64'),
    },
    /begin with the first page/,
  ],
  [
    'a cursor with more uses than there can be',
    {
      p_sort: 'most_used',
      p_after: Buffer.from('{"sort":"most_used","rank":-9223372036854775808,"key":"","n":1}').toString(
        'base64',
      ),
    },
    /begin with the first page/,
  ],
  [
    'a sort that there is not',
    { p_sort: 'title; drop table songs' },
    /sorted by relevance, title, newest or most_used/,
  ],
  ['51 tags', { p_any: Array.from({ length: 51 }, () => 'x') }, /At most 50/],
  [
    '100,000 tags',
    { p_all: Array.from({ length: 100_000 }, () => '00000000-0000-4000-8000-000000000000') },
    /At most 50/,
  ],
  ['100,000 keys', { p_keys: Array.from({ length: 100_000 }, () => 'G') }, /At most 50/],
])('%s is refused in words', async (_, body, message) => {
  expect(await ask(body)).toEqual({ status: 400, message: expect.stringMatching(message) })
})

test.each([
  ['a lone surrogate', '{"p_text": "\\ud800grace\\udfff"}'],
  ['a NUL', '{"p_text": "gra\\u0000ce"}'],
  ['a NUL in an id', '{"p_all": ["gra\\u0000ce"]}'],
  ['a NUL in a cursor', '{"p_after": "gra\\u0000ce"}'],
  ['a number for a text', '{"p_text": 7}'],
  ['a text for a list', '{"p_all": "grace"}'],
  ['an object for a list', '{"p_all": {"a": 1}}'],
  ['a list of lists', '{"p_all": [["a"], ["b"]]}'],
  ['a text for a number', '{"p_limit": "many"}'],
  ['a fraction', '{"p_limit": 1.5}'],
  ['a number beyond all', '{"p_limit": 1e400}'],
  ['a number too large', '{"p_tempo_from": 99999999999}'],
  ['a parameter that there is not', '{"p_genre": "x"}'],
  ['half of an object', '{"p_text": "gra'],
])('%s is answered, by nothing or with a message', async (_, body) => {
  const { status, total, message } = await ask(body)
  if (status === 200) expect(total).toBeLessThanOrEqual(2)
  else {
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expect(message).toMatch(/\w/)
  }
})

test('every place of a page can be gone on from, however songs and titles are alike', async () => {
  const { sql } = database
  await sql`insert into public.songs (title, created_at) select 'Twin', '2020-01-01' from generate_series(1, 25)`
  for (const p_sort of ['title', 'newest', 'most_used', 'relevance'] as const) {
    const seen: string[] = []
    for (let p_after: string | null = null, isFirst = true; isFirst || p_after !== null; isFirst = false) {
      const { data } = await database
        .anonClient()
        .rpc('search_songs', { p_sort, p_limit: 4, p_text: 'twin', ...(p_after !== null && { p_after }) })
      const page = data as unknown as { songs: { id: string }[]; next: string | null }
      seen.push(...page.songs.map((song) => song.id))
      // Who comes in between is neither a gap nor seen twice.
      await sql`insert into public.songs (title, created_at) values ('A twin', '2019-01-01'), ('Twin', '2021-01-01')`
      p_after = page.next
      if (seen.length > 200) break
    }
    expect(new Set(seen).size).toBe(seen.length)
  }
})
