import type { SupabaseClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import type { Database } from '../../../lib/database.types.ts'
import {
  type ListedTag,
  mergePreviewSchema,
  tagCountsSchema,
  tagDetailsSchema,
  tagPageSchema,
  tagUsageSchema,
} from './adminTag.ts'
import { moderationLogSchema } from './moderationEntry.ts'

type Client = SupabaseClient<Database>
type ListArgs = Database['public']['Functions']['list_tags']['Args']

let database: TestDatabase
let admin: { client: Client; id: string }
let other: { client: Client; id: string }

beforeAll(async () => {
  database = await createTestDatabase()
  const withRole = async (role: 'admin' | 'moderator') => {
    const person = await database.signUp(`${role}@example.org`)
    await database.serviceClient.rpc('grant_role', { p_email: person.email, p_role: role })
    return person
  }
  admin = await withRole('admin')
  other = await withRole('moderator')
  // Nothing but what a test makes.
  await database.sql`delete from public.tags`
})
afterAll(() => database.drop())

/** Tags in the order of their names, and their ids. */
async function makeTags(...names: string[]): Promise<string[]> {
  const rows = await database.sql<{ id: string; name: string }[]>`
    insert into public.tags (name) select n from unnest(${names}::text[]) as n returning id, name`
  return names.map((name) => rows.find((row) => row.name === name)?.id ?? '')
}

/** Songs that carry these tags. */
async function makeSongs(count: number, tags: readonly string[]): Promise<string[]> {
  const songs = await database.sql<{ id: string }[]>`
    insert into public.songs (title) select 'Song ' || n from generate_series(1, ${count}::integer) as n returning id`
  await database.sql`
    insert into public.song_tags (song_id, tag_id)
    select s, t from unnest(${songs.map(({ id }) => id)}::uuid[]) as s, unnest(${[...tags]}::uuid[]) as t`
  return songs.map(({ id }) => id)
}

async function list(args: ListArgs = {}) {
  const { data, error } = await admin.client.rpc('list_tags', args)
  expect(error).toBeNull()
  return tagPageSchema.parse(data)
}

/** Every page, from the beginning to the end, or from the end to the beginning. */
async function walk(args: ListArgs, backwards = false): Promise<ListedTag[]> {
  const all: ListedTag[] = []
  for (let from: ListedTag['key'] | undefined; ; ) {
    const page = await list({ ...args, p_backwards: backwards, ...(from && { p_from: from }) })
    if (backwards) all.unshift(...page.rows)
    else all.push(...page.rows)
    from = (backwards ? page.rows[0] : page.rows.at(-1))?.key
    if (!page.hasMore) return all
  }
}

async function details(tag: string) {
  const { data } = await admin.client.rpc('tag_details', { p_tag: tag })
  return tagDetailsSchema.parse(data)
}

async function logOf(tag: string) {
  const { data } = await admin.client.rpc('moderation_log', { p_tag: tag })
  return moderationLogSchema.parse(data).entries
}

async function edit(tag: string, changes: object, seen?: string, client: Client = admin.client) {
  const { error } = await client.rpc('edit_tag', {
    p_tag: tag,
    p_changes: { ...changes },
    ...(seen !== undefined && { p_seen: seen }),
  })
  return error?.code ?? null
}

async function undoLast(tag: string) {
  const entry = (await logOf(tag))[0]
  const { error } = await admin.client.rpc('undo_moderation', { p_entry: entry?.id ?? 0 })
  return error?.code ?? null
}

describe('the list', () => {
  beforeAll(async () => {
    const ids = await makeTags(...Array.from({ length: 60 }, (_, n) => `List ${String(n).padStart(2, '0')}`))
    await makeSongs(2, ids.slice(0, 20))
    await makeSongs(1, ids.slice(10, 15))
    await database.sql`
      insert into public.tag_synonyms (tag_id, name) values (${ids[7] ?? ''}, 'Seventh of the list')`
    await database.sql`update public.tags set is_standard = true, category = 'mood' where id = any (${ids.slice(0, 3)})`
    await database.sql`update public.tags set needs_review = true where id = any (${ids.slice(2, 4)})`
    await admin.client.rpc('ban_tag', { p_tag: ids[5] ?? '' })
    await admin.client.rpc('merge_tags', { p_from: ids[59] ?? '', p_into: ids[8] ?? '' })
    await makeTags('100% sure', 'under_score', 'back\\slash')
  })

  test.each<ListArgs>([
    { p_sort: 'name' },
    { p_sort: 'name', p_descending: true },
    { p_sort: 'songs' },
    { p_sort: 'songs', p_descending: true },
    { p_sort: 'created', p_descending: true },
    { p_sort: 'songs', p_descending: true, p_query: 'list' },
  ])('has every tag once in any order, forwards and backwards: %j', async (args) => {
    const whole = (await list({ ...args, p_limit: 1000 })).rows
    expect(whole.length).toBeGreaterThan(50)
    const paged = await walk({ ...args, p_limit: 7 })
    expect(paged.map(({ name }) => name)).toEqual(whole.map(({ name }) => name))
    expect(await walk({ ...args, p_limit: 7 }, true)).toEqual(paged)
  })

  test('is in the order that was asked for', async () => {
    const songs = (await list({ p_sort: 'songs', p_descending: true, p_limit: 1000 })).rows.map(
      (row) => row.songs,
    )
    expect(songs).toEqual(songs.toSorted((a, b) => b - a))
    expect(songs[0]).toBe(3)
  })

  test('does not shift when somebody makes or merges a tag meanwhile', async () => {
    const first = await list({ p_query: 'list', p_limit: 10 })
    const [before = ''] = await makeTags('List 00 and a half')
    const second = await list({
      p_query: 'list',
      p_limit: 10,
      p_from: first.rows.at(-1)?.key ?? null,
    })
    expect(second.rows[0]?.name).toBe('List 10')
    await database.sql`delete from public.tags where id = ${before}`
  })

  test('finds names and synonyms, also of what was merged; short ones at the beginning', async () => {
    const names = async (args: ListArgs) => (await list(args)).rows.map(({ name }) => name)
    expect(await names({ p_query: 'SEVENTH of' })).toEqual(['List 07'])
    expect(await names({ p_query: 'List 59' })).toEqual(['List 08'])
    expect(await names({ p_query: 'List 59', p_kind: 'merged' })).toEqual(['List 59'])
    expect(await names({ p_query: '% sure' })).toEqual(['100% sure'])
    expect(await names({ p_query: 'r_s' })).toEqual(['under_score'])
    expect(await names({ p_query: 'k\\s' })).toEqual(['back\\slash'])
    expect(await names({ p_query: 'un' })).toEqual(['under_score'])
    expect(await names({ p_query: 'nd' })).toEqual([])
  })

  test('has the kinds of tags, and counts them', async () => {
    const { data } = await admin.client.rpc('count_tags', { p_query: 'list' })
    const counts = tagCountsSchema.parse(data)
    expect(counts).toEqual({ all: 59, standard: 3, custom: 56, review: 2, unused: 39, banned: 1, merged: 1 })
    for (const [kind, count] of Object.entries(counts)) {
      expect((await list({ p_query: 'list', p_kind: kind, p_limit: 1000 })).rows, kind).toHaveLength(count)
    }
    const moods = await admin.client.rpc('count_tags', { p_query: 'list', p_category: 'mood' })
    expect(tagCountsSchema.parse(moods.data)).toMatchObject({ all: 3, merged: 0 })
  })

  test('finds the same in many names as in few, page by page in any order, and counts it', async () => {
    const [standing = '', gone = ''] = await makeTags('Zz stands', 'Many merged')
    await edit(standing, { addSynonyms: ['Many of them'] })
    await admin.client.rpc('merge_tags', { p_from: gone, p_into: standing })
    await database.sql`
      insert into public.tags (name, needs_review) select 'Many ' || n, n % 100 = 0 from generate_series(1, 2100) as n`
    const all = [...Array.from({ length: 2100 }, (_, n) => `Many ${n + 1}`), 'Zz stands'].toSorted()
    for (const [query, p_sort] of [
      ['any', 'name'],
      ['M', 'songs'],
    ] as const) {
      const rows = await walk({ p_query: query, p_sort, p_limit: 1200 })
      expect(rows.map(({ name }) => name).toSorted()).toEqual(all)
      expect(await walk({ p_query: query, p_sort, p_limit: 1200 }, true)).toEqual(rows)
      const { data } = await admin.client.rpc('count_tags', { p_query: query })
      expect(tagCountsSchema.parse(data).all).toBe(all.length)
    }
    expect((await walk({ p_query: 'many', p_kind: 'review' })).length).toBe(21)
    expect((await walk({ p_query: 'many', p_kind: 'merged' })).map(({ name }) => name)).toEqual([
      'Many merged',
    ])
    await database.sql`delete from public.tags where name ~ '^Many [0-9]'`
  })

  test('knows no other order', async () => {
    const { error } = await admin.client.rpc('list_tags', { p_sort: 'id; drop table public.tags' })
    expect(error?.code).toBe('22023')
  })
})

describe('an edit', () => {
  test('changes everything at once, is one entry, and is undone as one', async () => {
    const [tag = ''] = await makeTags('Edit me')
    await edit(tag, { addSynonyms: ['Edited', 'Kept'] })
    const before = await details(tag)
    expect(
      await edit(
        tag,
        {
          name: ' Well   edited ',
          category: 'occasion',
          colour: '#aabbcc',
          addSynonyms: ['Newly added'],
          removeSynonyms: ['Edited'],
        },
        before?.seen,
      ),
    ).toBeNull()
    expect(await details(tag)).toMatchObject({
      name: 'Well edited',
      category: 'occasion',
      colour: '#aabbcc',
      synonyms: ['Edit me', 'Kept', 'Newly added'],
    })
    expect(await logOf(tag)).toHaveLength(2)
    expect(await undoLast(tag)).toBeNull()
    expect(await details(tag)).toEqual({ ...before, seen: expect.any(String) })
    // And forth again.
    expect(await undoLast(tag)).toBeNull()
    expect(await details(tag)).toMatchObject({ name: 'Well edited', colour: '#aabbcc' })
  })

  test('gives a synonym the place of the name, and back', async () => {
    const [tag = ''] = await makeTags('Swap one')
    await edit(tag, { addSynonyms: ['Swap two'] })
    const before = await details(tag)
    await edit(tag, { name: 'Swap two' })
    expect(await details(tag)).toMatchObject({ name: 'Swap two', synonyms: ['Swap one'] })
    expect(await undoLast(tag)).toBeNull()
    expect(await details(tag)).toEqual({ ...before, seen: expect.any(String) })
  })

  test('is refused when somebody else was faster, and changes nothing then', async () => {
    const [tag = ''] = await makeTags('Contested')
    const seen = (await details(tag))?.seen
    expect(await edit(tag, { addSynonyms: ['Disputed'] }, seen, other.client)).toBeNull()
    expect(await edit(tag, { name: 'Mine' }, seen)).toBe('PT409')
    expect(await details(tag)).toMatchObject({ name: 'Contested', synonyms: ['Disputed'] })
  })

  test.each<[string, object, string]>([
    ['a name that another tag has', { name: 'Taken' }, '23505'],
    ['a synonym that another tag has', { addSynonyms: ['Fine', 'taken'] }, '23505'],
    ['no name', { name: '  ' }, '23514'],
    ['a synonym that is too long', { addSynonyms: ['x'.repeat(51)] }, '23514'],
    ['a colour that is none', { colour: 'red' }, '23514'],
    ['a category that is none', { category: 'weather' }, '22P02'],
    ['what is not to be edited', { usage_count: 5 }, '22023'],
  ])('is refused as a whole with %s', async (_, changes, code) => {
    await database.sql`insert into public.tags (name) values ('Taken') on conflict do nothing`
    const [tag = ''] = await makeTags(`Stays ${crypto.randomUUID().slice(0, 8)}`)
    const before = await details(tag)
    expect(await edit(tag, { addSynonyms: [`More ${tag.slice(0, 8)}`], ...changes })).toBe(code)
    expect(await details(tag)).toEqual(before)
    expect(await logOf(tag)).toEqual([])
  })

  test('of nothing is no entry', async () => {
    const [tag = ''] = await makeTags('Unchanged')
    expect(await edit(tag, { name: 'Unchanged', category: 'theme', addSynonyms: [] })).toBeNull()
    expect(await logOf(tag)).toEqual([])
  })

  test('is not undone over what has changed since', async () => {
    const [tag = ''] = await makeTags('Layered')
    await edit(tag, { colour: '#111111' })
    const first = (await logOf(tag))[0]
    await edit(tag, { colour: '#222222' })
    const { error } = await admin.client.rpc('undo_moderation', { p_entry: first?.id ?? 0 })
    expect(error?.code).toBe('PT409')
    expect((await details(tag))?.colour).toBe('#222222')
  })
})

test('a tag is promoted, which is a review, and demoted again by an undo', async () => {
  const [tag = ''] = await makeTags('Rising')
  await database.sql`update public.tags set needs_review = true where id = ${tag}`
  await admin.client.rpc('promote_tag', { p_tag: tag })
  await admin.client.rpc('promote_tag', { p_tag: tag })
  expect(await details(tag)).toMatchObject({ isStandard: true, needsReview: false })
  expect((await logOf(tag)).map(({ action }) => action)).toEqual(['promote'])
  expect(await undoLast(tag)).toBeNull()
  expect(await details(tag)).toMatchObject({ isStandard: false })
})

describe('merging several tags', () => {
  test('is previewed to the song, done as a whole and undone one by one', async () => {
    const [one = '', two = '', into = ''] = await makeTags('Many one', 'Many two', 'Many into')
    const onlyOne = await makeSongs(3, [one])
    await makeSongs(2, [one, two])
    await makeSongs(4, [two, into])
    const { data } = await admin.client.rpc('preview_merge', { p_from: [one, two], p_into: into })
    const preview = mergePreviewSchema.parse(data)
    expect(preview).toMatchObject({ songs: 9, both: 4, into: { name: 'Many into', songs: 4 } })
    expect(preview.samples).toHaveLength(5)
    expect(preview.samples.every(({ after }) => after.length === 1 && after[0] === 'Many into')).toBe(true)

    const merged = await admin.client.rpc('merge_many_tags', { p_from: [one, two], p_into: into })
    expect(merged.data).toEqual({ into, tags: 2, songs: 11 })
    expect(await details(into)).toMatchObject({ songs: 9 })
    expect((await details(into))?.merged.map(({ name }) => name).sort()).toEqual(['Many one', 'Many two'])

    await admin.client.rpc('unmerge_tag', { p_tag: two })
    await admin.client.rpc('unmerge_tag', { p_tag: one })
    expect([(await details(one))?.songs, (await details(two))?.songs, (await details(into))?.songs]).toEqual([
      5, 6, 4,
    ])
    const links = await database.sql`select tag_id from public.song_tags where song_id = any (${onlyOne})`
    expect(links.map(({ tag_id }) => tag_id)).toEqual([one, one, one])
  })

  test('does nothing when one of them cannot be merged', async () => {
    const [one = '', two = '', into = ''] = await makeTags('All one', 'All two', 'All into')
    await admin.client.rpc('merge_tags', { p_from: two, p_into: into })
    const { error } = await admin.client.rpc('merge_many_tags', { p_from: [one, two], p_into: into })
    expect(error?.code).toBe('23514')
    expect((await details(one))?.mergedInto).toBeNull()
  })

  test('by two people at once, in opposite directions, leaves one merge and every song with a tag', async () => {
    const tags = await makeTags(...Array.from({ length: 8 }, (_, n) => `Race ${n}`))
    const songs = await makeSongs(30, tags.slice(0, 4))
    const [a = '', b = ''] = tags
    const answers = await Promise.all([
      admin.client.rpc('merge_many_tags', { p_from: tags.slice(1), p_into: a }),
      other.client.rpc('merge_many_tags', { p_from: tags.filter((id) => id !== b).reverse(), p_into: b }),
    ])
    expect(answers.filter(({ error }) => error === null)).toHaveLength(1)
    expect(answers.find(({ error }) => error !== null)?.error?.code).toMatch(/^(23514|40001|SUP)$/)
    const root = (await details(a))?.mergedInto === null ? a : b
    const links = await database.sql`select tag_id from public.song_tags where song_id = any (${songs})`
    expect(new Set(links.map(({ tag_id }) => tag_id))).toEqual(new Set([root]))
    expect(links).toHaveLength(30)
    expect((await details(root))?.songs).toBe(30)
    expect((await details(root))?.merged).toHaveLength(7)
  })

  test('by two people who choose the same leaves it merged once', async () => {
    const [one = '', two = '', into = ''] = await makeTags('Twice one', 'Twice two', 'Twice into')
    await makeSongs(5, [one, two])
    const answers = await Promise.all(
      [admin, other].map(({ client }) => client.rpc('merge_many_tags', { p_from: [one, two], p_into: into })),
    )
    expect(answers.map(({ error }) => error === null).sort()).toEqual([false, true])
    expect((await details(into))?.songs).toBe(5)
    expect((await logOf(one)).map(({ action }) => action)).toEqual(['merge'])
  })

  test('lets others read meanwhile', async () => {
    const [from = '', into = ''] = await makeTags('Slow from', 'Slow into')
    const songs = await makeSongs(20, [from])
    const reader = database.anonClient()
    await database.sql
      .begin(async (sql) => {
        await sql`select public.merge_tags(${from}, ${into})`
        // Everything is done and nothing committed: whoever waited for it would wait for this test.
        const { data } = await reader.from('song_tags').select('tag_id').in('song_id', songs)
        expect(data?.every(({ tag_id }) => tag_id === from)).toBe(true)
        expect((await reader.rpc('tag_catalog')).error).toBeNull()
        expect((await reader.rpc('suggest_tags', { p_query: 'slow' })).error).toBeNull()
        expect((await list({ p_query: 'slow' })).rows).toHaveLength(2)
        throw new Error('Not committed.')
      })
      .catch((error: Error) => expect(error.message).toBe('Not committed.'))
    expect((await details(from))?.mergedInto).toBeNull()
  })
})

test('of a tag that somebody has deleted meanwhile nothing is changed, and whoever had it open is told', async () => {
  const [gone = '', stays = '', merged = ''] = await makeTags('Gone since', 'Stays', 'Merged before')
  await admin.client.rpc('ban_tag', { p_tag: gone })
  const [entry] = await logOf(gone)
  await admin.client.rpc('merge_tags', { p_from: merged, p_into: stays })
  // As a rollback does with what its run has made.
  await database.sql`delete from public.tags where id = ${gone}`
  const before = await database.sql`select count(*) from public.tag_moderation_log`

  const { client } = other
  const codes = await Promise.all([
    client.rpc('edit_tag', { p_tag: gone, p_changes: { name: 'Here again' } }),
    client.rpc('promote_tag', { p_tag: gone }),
    client.rpc('ban_tag', { p_tag: gone, p_is_banned: false }),
    client.rpc('keep_tags_apart', { p_one: gone, p_other: stays }),
    client.rpc('merge_many_tags', { p_from: [gone], p_into: stays }),
    client.rpc('merge_many_tags', { p_from: [stays], p_into: gone }),
    client.rpc('unmerge_tag', { p_tag: gone }),
  ])
  expect(codes.map(({ error }) => error?.code)).toEqual(Array(7).fill('PT404'))
  const undone = await client.rpc('undo_moderation', { p_entry: entry?.id ?? 0 })
  expect(undone.error?.code).toBe('PT409')
  expect(await database.sql`select count(*) from public.tag_moderation_log`).toEqual(before)

  // What was done to it is still to be read, but not to be undone; a merge is previewed without it.
  expect(await details(gone)).toBeNull()
  expect(await logOf(gone)).toMatchObject([{ tagName: 'Gone since', canUndo: false }])
  const { data } = await client.rpc('preview_merge', { p_from: [gone, merged], p_into: stays })
  expect(mergePreviewSchema.parse(data).from).toMatchObject([{ name: 'Merged before' }])
  await expect(database.sql`delete from public.tags where id = ${merged}`).rejects.toThrow('undo that first')
})

test('use is told by month, and by the songs with most arrangements', async () => {
  const [tag = ''] = await makeTags('Useful')
  const [first = '', second = ''] = await makeSongs(3, [tag])
  await database.sql`
    update public.songs set title = 'Well arranged', artist = 'Anna' where id = ${second}`
  await database.sql`
    insert into public.arrangements (song_id, name) values (${second}, 'Choir'), (${second}, 'Band'), (${first}, 'Choir')`
  // A link keeps the time at which it was made; only whoever owns the table may write another one.
  await database.sql`delete from public.song_tags where tag_id = ${tag} and song_id = ${first}`
  await database.sql`
    insert into public.song_tags (song_id, tag_id, created_at) values (${first}, ${tag}, '2025-12-31T23:30:00Z')`
  const usage = async (zone: string) => {
    const { data } = await admin.client.rpc('tag_usage', { p_tag: tag, p_zone: zone })
    return tagUsageSchema.parse(data)
  }
  const now = new Date().toISOString().slice(0, 7)
  expect(await usage('UTC')).toMatchObject({
    months: [
      { month: '2025-12', songs: 1 },
      { month: now, songs: 2 },
    ],
    topSongs: [
      { id: second, title: 'Well arranged', artist: 'Anna', arrangements: 2 },
      { id: first, arrangements: 1 },
      { arrangements: 0 },
    ],
  })
  expect((await usage('Europe/Berlin')).months[0]).toEqual({ month: '2026-01', songs: 1 })
})

test('tags that are not the same are noted once, whatever their order, and asked about again by an undo', async () => {
  const [one = '', two = ''] = await makeTags('Angle', 'Angel')
  await admin.client.rpc('keep_tags_apart', { p_one: one, p_other: two })
  await other.client.rpc('keep_tags_apart', { p_one: two, p_other: one })
  const pairs = async () => (await admin.client.rpc('tags_kept_apart')).data
  const [first = '', second = ''] = [one, two].sort()
  expect(await pairs()).toEqual([{ one: first, other: second }])
  expect(await logOf(first)).toMatchObject([{ action: 'keep apart', canUndo: true }])
  expect(await undoLast(first)).toBeNull()
  expect(await pairs()).toEqual([])
  expect((await logOf(first))[0]).toMatchObject({ action: 'ask again', canUndo: false })
})

test('who is no moderator gets nothing of it and leaves nothing behind', async () => {
  const [one = '', two = ''] = await makeTags('Closed one', 'Closed two')
  const member = await database.signUp()
  const before = await database.sql`select count(*) from public.tag_moderation_log`
  for (const client of [member.client, database.anonClient()]) {
    for (const { data, error } of [
      await client.rpc('list_tags'),
      await client.rpc('count_tags'),
      await client.rpc('tag_details', { p_tag: one }),
      await client.rpc('tag_usage', { p_tag: one }),
      await client.rpc('preview_merge', { p_from: [one], p_into: two }),
      await client.rpc('merge_many_tags', { p_from: [one], p_into: two }),
      await client.rpc('edit_tag', { p_tag: one, p_changes: { name: 'Hijacked' } }),
      await client.rpc('promote_tag', { p_tag: one }),
      await client.rpc('keep_tags_apart', { p_one: one, p_other: two }),
      await client.rpc('tags_kept_apart'),
    ]) {
      expect([data, error?.code]).toEqual([null, '42501'])
    }
  }
  expect(await details(one)).toMatchObject({ name: 'Closed one', isStandard: false, mergedInto: null })
  expect(await database.sql`select count(*) from public.tag_moderation_log`).toEqual(before)
})
