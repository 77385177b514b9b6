import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { addSongs } from '../../../../scripts/testing/migrationFixture.ts'
import { stubApp } from '../../../../scripts/testing/stubApp.ts'
import { tagNamed } from '../../../../scripts/testing/syncFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'

type Service = typeof import('./tagService.ts')

let database: TestDatabase
let service: Service

beforeAll(async () => {
  database = await createTestDatabase()
  vi.resetModules()
  stubApp(database)
  service = await import('./tagService.ts')
})
beforeEach(() => stubApp(database))
afterAll(async () => {
  vi.resetModules()
  await database.drop()
})

const { signal } = new AbortController()
const id = (name: string) => tagNamed(database.sql, name)
async function add(name: string): Promise<string> {
  const [row] = await database.sql<{ id: string }[]>`
    insert into public.tags (name) values (${name}) returning id`
  return row?.id ?? ''
}
async function suggest(query: string, limit = 8, chosen: string[] = []) {
  const { complete, suggestions } = await service.suggestTags(query, { limit, chosen }, signal)
  return { complete, found: suggestions.map(({ tag, kind, via }) => [tag.name, kind, via]) }
}
const signIn = async () => {
  const { getSupabase } = await import('../../../lib/supabase.ts')
  const email = `${crypto.randomUUID()}@example.org`
  const { error } = await getSupabase().auth.signUp({ email, password: 'a long password' })
  expect(error).toBeNull()
}

describe('suggestions', () => {
  beforeAll(async () => {
    const { sql } = database
    await sql`insert into public.tags (name, usage_count) values
      ('Quilting', 5), ('Quill', 2), ('Quillwork', 1), ('Old Quilts', 9), ('Tranquility songs', 50), ('Æquinox', 0), ('50% quiet', 0)`
    await sql`insert into public.tags (name, is_standard) values ('Quilted', true)`
    await sql`insert into public.tag_synonyms (tag_id, name)
      select t.id, 'Quiltérs' from public.tags as t where t.name = 'Quillwork'`
  })

  test('come by kind of match, standard before custom, then by use; and say which synonym matched', async () => {
    const { complete, found } = await suggest('quilt')
    expect({ complete, found: found.slice(0, 4) }).toEqual({
      complete: true,
      found: [
        ['Quilted', 'prefix', null],
        ['Quilting', 'prefix', null],
        ['Quillwork', 'prefix', 'Quiltérs'],
        ['Old Quilts', 'word-prefix', null],
      ],
    })
    expect(found).toContainEqual(['Quill', 'typo', null])
    expect((await suggest('quill')).found.slice(0, 2)).toEqual([
      ['Quill', 'exact', null],
      ['Quillwork', 'prefix', null],
    ])
    expect((await suggest('quil')).found).toContainEqual(['Old Quilts', 'word-prefix', null])
    expect((await suggest('nquility s')).found[0]).toEqual(['Tranquility songs', 'infix', null])
  })

  test.each([
    ['a letter left out', 'thanksgivng', 'Thanksgiving'],
    ['two letters left out', 'thnksgivng', 'Thanksgiving'],
    ['two letters too many', 'thannksgivving', 'Thanksgiving'],
    ['a letter too many', 'thankssgiving', 'Thanksgiving'],
    ['another letter', 'thonksgiving', 'Thanksgiving'],
    ['two letters that changed places', 'mecry', 'Mercy'],
    ['another first letter', 'hrace', 'Grace'],
    ['a mistake in a beginning', 'resurerc', 'Resurrection'],
    ['a mistake in a later word', 'spirutal warf', 'Spiritual Warfare'],
  ])('overlook %s', async (_, query, name) => {
    expect((await suggest(query)).found).toContainEqual([name, 'typo', null])
  })

  test.each([
    ['ß and case', 'ÆQUI', 'Æquinox'],
    ['accents', 'quiltérs', 'Quillwork'],
    ['a synonym', 'xmas', 'Christmas'],
    ['a percent sign', '50%', '50% quiet'],
  ])('find by %s', async (_, query, name) => {
    expect((await suggest(query)).found[0]?.[0]).toBe(name)
  })

  test('are complete only when nothing that begins with the query is missing', async () => {
    expect(await suggest('quil', 3)).toMatchObject({ complete: false, found: { length: 3 } })
    expect(await suggest('quil', 6)).toMatchObject({ complete: true })
  })

  test('leave out what is chosen, what is banned, and name what a merged tag stands for', async () => {
    const [chosen, banned, merged] = [await add('Zither'), await add('Zithers banned'), await add('Zithern')]
    await database.sql`select public.ban_tag(${banned})`
    await database.sql`select public.merge_tags(${merged}, ${await add('Plucked')})`
    expect((await suggest('zith', 8, [chosen])).found).toEqual([['Plucked', 'prefix', 'Zithern']])
    expect((await suggest('zith')).found).toEqual([
      ['Plucked', 'prefix', 'Zithern'],
      ['Zither', 'prefix', null],
    ])
  })

  test('leave nothing else out for a chosen one without an id', async () => {
    const { data } = await database.anonClient().rpc('suggest_tags', {
      p_query: 'quilti',
      // As only whoever asks the API itself can say it.
      p_chosen: JSON.parse('[null]'),
    })
    expect(data).toHaveProperty('suggestions.0.tag.name', 'Quilting')
  })

  test('overlook two mistakes in the longest names', async () => {
    const name = 'Hymns of the morning watch and of the evening hour'
    await add(name)
    for (const query of [
      'hymns of th mornimg watch and of the evening',
      'hyms of the mornin watch and of the evening hour',
    ])
      expect(await suggest(query)).toMatchObject({ found: [[name, 'typo', null]] })
  })

  test.each([
    ['nothing', ''],
    ['white space', ' \t '],
    ['ten thousand letters', 'g'.repeat(10_000)],
    ['what means any text to LIKE', '%'],
    ['what means any letter to LIKE', '____'],
    ['a backslash', '\\'],
    ['lone surrogates', '\ud800x\udc00'],
    ['NUL', 'qx\0qx'],
    ['a quote', "'; drop table public.tags; --"],
  ])('are none for %s', async (_, query) => {
    expect((await suggest(query)).found).toEqual([])
    expect((await service.suggestTags(query, { limit: -1, chosen: [] }, signal)).suggestions).toEqual([])
  })

  test.each(['%', '____', '\\', '', ' ', 'g'.repeat(10_000)])(
    'are an answer, not a failure, also for whoever asks the API itself: %#',
    async (query) => {
      const { status } = await database.anonClient().rpc('suggest_tags', { p_query: query })
      expect(status).toBe(200)
    },
  )
})

describe('a tag by its id', () => {
  test('is the one that it was merged into, and none when it is banned or gone', async () => {
    const [from, into] = [await add('Merged away'), await add('Merged into')]
    await database.sql`select public.merge_tags(${from}, ${into})`
    expect(await service.fetchTagById(from, signal)).toMatchObject({ id: into, synonyms: ['Merged away'] })
    await database.sql`select public.ban_tag(${into})`
    expect(await service.fetchTagById(into, signal)).toBeNull()
    expect(await service.fetchTagById(from, signal)).toBeNull()
    expect(await service.fetchTagById(crypto.randomUUID(), signal)).toBeNull()
  })
})

test('the most used tags come by their use', async () => {
  await database.sql`update public.tags set usage_count = 100 where name = 'Grace'`
  await database.sql`update public.tags set usage_count = 90 where name = 'Hope'`
  const popular = await service.fetchPopularTags(3, signal)
  expect(popular.map((tag) => [tag.name, tag.usage])).toEqual([
    ['Grace', 100],
    ['Hope', 90],
    ['Tranquility songs', 50],
  ])
})

describe('what goes with tags', () => {
  let tags: Record<'a' | 'b' | 'c' | 'banned', string>

  beforeAll(async () => {
    tags = {
      a: await add('Goes A'),
      b: await add('Goes B'),
      c: await add('Goes C'),
      banned: await add('Goes banned'),
    }
    const songs = await addSongs(database.sql, [null, null, null, null])
    const link = (song: string | undefined, ...linked: string[]) =>
      database.sql`insert into public.song_tags (song_id, tag_id) select ${song ?? ''}, unnest(${linked}::uuid[])`
    await link(songs[0], tags.a, tags.b, tags.banned)
    await link(songs[1], tags.a, tags.b)
    await link(songs[2], tags.a, tags.c)
    await link(songs[3], tags.a)
    await database.sql`select public.ban_tag(${tags.banned})`
  })

  test('is the share of songs that carry both', async () => {
    const { a, b, c } = tags
    expect(await service.fetchCompanions([a], signal)).toEqual(
      new Map([
        [b, 0.5],
        [c, 0.25],
      ]),
    )
    expect(await service.fetchCompanions([b], signal)).toEqual(new Map([[a, 1]]))
    // Averaged: of the songs with B none has C.
    expect(await service.fetchCompanions([a, b], signal)).toEqual(new Map([[c, 0.125]]))
  })

  test('is told of ten tags at most, and a thousand are read, in whatever list they come', async () => {
    const { a } = tags
    const unknown = Array.from({ length: 1000 }, () => crypto.randomUUID())
    const client = database.anonClient()
    for (const list of [[...unknown, a], [[...unknown, a]]]) {
      // The types know no nested list; whoever asks the API itself does.
      const p_tags: string[] = JSON.parse(JSON.stringify(list))
      expect(await client.rpc('tag_companions', { p_tags })).toMatchObject({ error: null, data: [] })
      expect(await client.rpc('tags_by_id', { p_tags })).toMatchObject({ error: null, data: [] })
    }
  })

  test('is nothing for no tag, and for one that is not there', async () => {
    expect(await service.fetchCompanions([], signal)).toEqual(new Map())
    expect(await service.fetchCompanions([crypto.randomUUID()], signal)).toEqual(new Map())
  })

  test('is told without banned tags, to moderators too', async () => {
    const { client, email } = await database.signUp()
    await database.serviceClient.rpc('grant_role', { p_email: email, p_role: 'moderator' })
    const { data } = await client.rpc('tag_companions', { p_tags: [tags.a] })
    expect(data?.map((row) => row.tag_id)).toEqual([tags.b, tags.c])
  })
})

describe('a new tag', () => {
  const create = (name: string) => service.createTag({ name, category: 'theme' })

  test('is refused to whoever is not signed in', async () => {
    await expect(create('Of nobody')).rejects.toMatchObject({ code: '42501' })
  })

  test('is made as a custom one of its maker, tidied', async () => {
    await signIn()
    const { created, tag } = await service.createTag({
      name: '  Of   my own ',
      category: 'mood',
      colour: '#aabbcc',
    })
    expect({ created, tag }).toEqual({
      created: true,
      tag: {
        id: await id('Of my own'),
        name: 'Of my own',
        category: 'mood',
        colour: '#aabbcc',
        isStandard: false,
        usage: 0,
        synonyms: [],
      },
    })
  })

  test.each([
    ['the name of one', 'GRÀCE!', 'Grace'],
    ['a synonym of one', 'x-mas', 'Christmas'],
    ['the name of a merged one', 'zithern', 'Plucked'],
  ])('is not made for %s: the answer is that one', async (_, name, found) => {
    const before = await database.sql`select from public.tags`
    expect(await create(name)).toMatchObject({ created: false, tag: { name: found } })
    expect(await database.sql`select from public.tags`).toHaveLength(before.length)
  })

  test('is made once by two people at the same time', async () => {
    const made = await Promise.all(['Both', 'both ', 'BOTH'].map(create))
    expect(made.filter(({ created }) => created)).toHaveLength(1)
    expect(new Set(made.map(({ tag }) => tag.id)).size).toBe(1)
  })

  test('is the tag whose synonym the name has just become', async () => {
    const other = await database.sql.reserve()
    try {
      await other`begin`
      await other`insert into public.tag_synonyms (tag_id, name) values (${await id('Grace')}, 'Just now')`
      const making = create('Just now')
      await blocked()
      await other`commit`
      expect(await making).toMatchObject({ created: false, tag: { name: 'Grace' } })
    } finally {
      other.release()
    }
  })

  test('is refused when it is banned, without a word about it', async () => {
    await database.sql`select public.ban_tag(${await add('Unwanted')})`
    await expect(create('unwanted')).rejects.toMatchObject({ code: '42501' })
  })

  test.each([
    ['no name', ''],
    ['a blank one', ' - '],
    ['more than fifty letters', 'x'.repeat(51)],
    ['a book', 'x'.repeat(100_000)],
  ])('is refused with %s', async (_, name) => {
    await expect(create(name)).rejects.toMatchObject({
      code: '23514',
      message: 'Could not make the tag: A tag has a name of 1 to 50 letters.',
    })
  })

  test('is refused without a name, in the same words', async () => {
    const { client } = await database.signUp()
    const { error } = await client.rpc('create_tag', { p_name: JSON.parse('null') })
    expect(error).toMatchObject({ code: '23514', message: 'A tag has a name of 1 to 50 letters.' })
  })

  test('leaves out marks of writing direction that nobody sees, which pasted text brings', async () => {
    expect(await create('\u200fשיר חדש\u200e')).toMatchObject({ created: true, tag: { name: 'שיר חדש' } })
  })

  test('may be called by what Postgres cannot hold: that is replaced', async () => {
    expect(await create('Torn\ud800\0')).toMatchObject({ created: true, tag: { name: 'Torn\ufffd\ufffd' } })
  })
})

/** Resolves when a statement of this database waits for another one's transaction. */
async function blocked(): Promise<void> {
  for (;;) {
    const waiting = await database.sql`
      select from pg_catalog.pg_locks as l
      join pg_catalog.pg_stat_activity as a on a.pid = l.pid
      where not l.granted and a.datname = current_database()`
    if (waiting.length > 0) return
  }
}
