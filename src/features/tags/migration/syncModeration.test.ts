import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addSongs } from '../../../../scripts/testing/migrationFixture.ts'
import {
  beginMigration,
  migrate,
  outOfStep,
  seeSong,
  tagNamed,
} from '../../../../scripts/testing/syncFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'

type SignedIn = Awaited<ReturnType<TestDatabase['signUp']>>

let database: TestDatabase
let editor: SignedIn
let moderator: SignedIn

beforeAll(async () => {
  database = await createTestDatabase()
  await addSongs(database.sql, [['Planned alone']])
  await migrate(database)
  editor = await staff('editor')
  moderator = await staff('moderator')
})
afterAll(async () => {
  try {
    expect(await outOfStep(database.sql)).toEqual([])
  } finally {
    await database.drop()
  }
})

async function staff(role: 'editor' | 'moderator'): Promise<SignedIn> {
  const person = await database.signUp()
  await database.serviceClient.rpc('grant_role', { p_email: person.email, p_role: role })
  return person
}

async function add(themes: string | null): Promise<string> {
  const [song] = await database.sql<{ id: string }[]>`
    insert into public.songs (title, themes) values ('A song', ${themes}::text[]) returning id`
  return song?.id ?? ''
}
const see = (song: string) => seeSong(database.sql, song)
const tag = (name: string) => tagNamed(database.sql, name)
const save = (song: string, themes: string | null) =>
  database.sql`update public.songs set themes = ${themes}::text[] where id = ${song}`
const link = async (song: string, id: string) =>
  database.sql`insert into public.song_tags (song_id, tag_id) values (${song}, ${id})`
const merge = (from: string, into: string) => database.sql`select public.merge_tags(${from}, ${into})`
const unmerge = (id: string) => database.sql`select public.unmerge_tag(${id})`
const links = (song: string) =>
  database.sql`select tag_id, created_by, created_at from public.song_tags where song_id = ${song} order by tag_id`

describe('tag renamed', () => {
  test('themes and links stay; the old name becomes a synonym; the new one is what is appended', async () => {
    const song = await add('{"Old name"}')
    const id = await tag('Old name')
    const { data, error } = await moderator.client.rpc('rename_tag', { p_tag: id, p_name: ' New   name ' })
    expect({ data, error }).toEqual({ data: { id, name: 'New name' }, error: null })
    expect(await see(song)).toEqual({ themes: '{"Old name"}', tags: ['New name'], version: 1 })
    expect([await tag('old name'), await tag('new name')]).toEqual([id, id])
    // Saved again, written by an old client elsewhere, tagged by a new one.
    await save(song, '{"Old name"}')
    expect(await see(song)).toMatchObject({ tags: ['New name'] })
    expect(await add('{"OLD NAME"}').then(see)).toMatchObject({ tags: ['New name'] })
    const tagged = await add(null)
    await link(tagged, id)
    expect(await see(tagged)).toMatchObject({ themes: '{"New name"}', tags: ['New name'] })
  })

  test('back to a name that it had, and in case only', async () => {
    await add('{"First name"}')
    const id = await tag('First name')
    await database.sql`select public.rename_tag(${id}, 'Second name')`
    await database.sql`select public.rename_tag(${id}, 'First name')`
    await database.sql`select public.rename_tag(${id}, 'FIRST name')`
    expect(
      await database.sql`select normalized_name, is_synonym from public.tag_names where tag_id = ${id} order by 1`,
    ).toEqual([
      { normalized_name: 'first name', is_synonym: false },
      { normalized_name: 'second name', is_synonym: true },
    ])
  })

  test('is refused when another tag has the name or when nothing is left of it', async () => {
    await add('{"Nobody else"}')
    const id = await tag('Nobody else')
    await expect(database.sql`select public.rename_tag(${id}, 'GRACE')`).rejects.toMatchObject({
      code: '23505',
    })
    await expect(database.sql`select public.rename_tag(${id}, ' -- ')`).rejects.toMatchObject({
      code: '23514',
    })
    await expect(
      database.sql`select public.rename_tag('00000000-0000-4000-8000-000000000000', 'Any')`,
    ).rejects.toMatchObject({ code: 'PT404' })
  })
})

describe('A merged into B, and undone', () => {
  test('themes stay, links are re-rooted, and it is exactly undone', async () => {
    const songs = [await add('{"Merge a"}'), await add('{"Merge a","Merge b"}'), await add('{"Merge b"}')]
    const [a, b] = [await tag('Merge a'), await tag('Merge b')]
    const before = await Promise.all(songs.map(links))
    const { data, error } = await moderator.client.rpc('merge_tags', { p_from: a, p_into: b })
    expect({ data, error }).toEqual({ data: { id: a, into: b, songs: 2 }, error: null })
    for (const song of songs) expect(await see(song)).toMatchObject({ tags: ['Merge b'], version: 1 })
    expect(await see(songs[1] ?? '')).toMatchObject({ themes: '{"Merge a","Merge b"}' })
    expect(await outOfStep(database.sql)).toEqual([])
    await save(songs[0] ?? '', '{"Merge a"}')
    expect(await see(songs[0] ?? '')).toMatchObject({ tags: ['Merge b'] })

    expect((await moderator.client.rpc('unmerge_tag', { p_tag: a })).error).toBeNull()
    expect(await Promise.all(songs.map(links))).toEqual(before)
    expect(await outOfStep(database.sql)).toEqual([])
  })

  test('meanwhile A’s name leads to B, for old clients and new ones; undone, what wrote A has A', async () => {
    const song = await add('{"Stays b"}')
    await add('{"Leads a"}')
    const [a, b] = [await tag('Leads a'), await tag('Stays b')]
    await merge(a, b)
    const written = await add('{"leads A"}')
    expect(await see(written)).toMatchObject({ tags: ['Stays b'] })
    const tagged = await add(null)
    await link(tagged, a)
    expect(await see(tagged)).toEqual({ themes: '{"Stays b"}', tags: ['Stays b'], version: 2 })
    await link(song, a)
    expect(await see(song)).toMatchObject({ version: 1 })
    await unmerge(a)
    expect(await see(written)).toMatchObject({ tags: ['Leads a'] })
    expect(await see(tagged)).toMatchObject({ tags: ['Stays b'] })
  })

  test('untagging B removes what yields A, too', async () => {
    const song = await add('{"Untag a",Hope,"Untag b"}')
    const [a, b] = [await tag('Untag a'), await tag('Untag b')]
    await merge(a, b)
    await database.sql`delete from public.song_tags where song_id = ${song} and tag_id = ${b}`
    expect(await see(song)).toMatchObject({ themes: '{Hope}', tags: ['Hope'] })
    await unmerge(a)
    expect(await see(song)).toMatchObject({ tags: ['Hope'] })
  })

  test('in a chain, each step is undone by itself, in any order', async () => {
    const songs = [await add('{"Chain a"}'), await add('{"Chain b"}'), await add('{"Chain c","Chain a"}')]
    const [a, b, c] = [await tag('Chain a'), await tag('Chain b'), await tag('Chain c')]
    const names = async () => (await Promise.all(songs.map(see))).map((song) => song?.tags.join())
    const before = await names()
    for (const order of [
      [a, b],
      [b, a],
    ]) {
      await merge(a, b)
      await merge(b, c)
      expect(await names()).toEqual(['Chain c', 'Chain c', 'Chain c'])
      await unmerge(order[0] ?? '')
      expect(await names()).toEqual(
        order[0] === a
          ? ['Chain a', 'Chain c', 'Chain a,Chain c']
          : ['Chain b', 'Chain b', 'Chain b,Chain c'],
      )
      expect(await outOfStep(database.sql)).toEqual([])
      await unmerge(order[1] ?? '')
      expect(await names()).toEqual(before)
    }
  })

  test('songs that no run has migrated get their links back, whatever was between', async () => {
    const other = await createTestDatabase()
    try {
      const { sql } = other
      const songs = await addSongs(sql, [null, null, ['Grace'], null])
      const [a, b, c] = ['Grace', 'Mercy', 'Joy'].map((name) => tagNamed(sql, name))
      const [grace, mercy, joy] = [await a, await b, await c]
      const tagAs = (song: string | undefined, id: string | undefined) =>
        sql`insert into public.song_tags (song_id, tag_id) values (${song ?? ''}, ${id ?? ''})`
      await tagAs(songs[0], grace)
      await tagAs(songs[1], grace)
      await tagAs(songs[1], mercy)
      await tagAs(songs[2], mercy)
      await tagAs(songs[3], grace)
      const seen = async () =>
        (await Promise.all(songs.map((song) => seeSong(sql, song)))).map((song) => song?.tags.join())
      const before = await seen()
      await sql`select public.merge_tags(${grace ?? ''}, ${mercy ?? ''})`
      await sql`select public.merge_tags(${mercy ?? ''}, ${joy ?? ''})`
      expect(await seen()).toEqual(['Joy', 'Joy', 'Joy', 'Joy'])
      // One is untagged meanwhile, and one is migrated meanwhile: the others are not concerned.
      await sql`delete from public.song_tags where song_id = ${songs[3] ?? ''}`
      await migrate(other)
      expect(await seen()).toEqual(['Joy', 'Joy', 'Joy', ''])
      await sql`select public.unmerge_tag(${grace ?? ''})`
      await sql`select public.unmerge_tag(${mercy ?? ''})`
      // The plan was made while Grace stood for Joy, and stands.
      expect(await seen()).toEqual([before[0], before[1], 'Joy,Mercy', ''])
      expect(await outOfStep(sql)).toEqual([])
    } finally {
      await other.drop()
    }
  })

  test('is refused in a ring, twice, and without what to merge', async () => {
    await add('{"Ring a","Ring b"}')
    const [a, b] = [await tag('Ring a'), await tag('Ring b')]
    await expect(merge(a, a)).rejects.toMatchObject({ code: '23514' })
    await expect(unmerge(a)).rejects.toMatchObject({ code: '23514' })
    await merge(a, b)
    await expect(merge(b, a)).rejects.toMatchObject({ code: '23514' })
    await expect(merge(a, b)).rejects.toMatchObject({ code: '23514' })
    await expect(merge('00000000-0000-4000-8000-000000000000', b)).rejects.toMatchObject({ code: 'PT404' })
    await expect(database.sql`select public.rename_tag(${a}, 'Other')`).rejects.toMatchObject({
      code: '23514',
    })
  })
})

describe('tag banned', () => {
  test('kept and hidden from all but moderators; new clients refused; an old client’s theme may still yield it', async () => {
    const song = await add('{Spam,Grace}')
    const id = await tag('Spam')
    expect((await moderator.client.rpc('ban_tag', { p_tag: id, p_is_banned: true })).error).toBeNull()
    expect(await see(song)).toMatchObject({ themes: '{Spam,Grace}', tags: ['Grace', 'Spam'] })

    const visible = async (client: SignedIn['client']) => {
      const { data } = await client.from('song_tags').select('tags(name)').eq('song_id', song)
      const rows = [
        await client.from('tags').select('id').eq('id', id),
        await client.from('tag_names').select('tag_id').eq('tag_id', id),
      ]
      return { links: data?.length, rows: rows.map((answer) => answer.data?.length) }
    }
    expect(await visible(database.anonClient())).toEqual({ links: 1, rows: [0, 0] })
    expect(await visible(editor.client)).toEqual({ links: 1, rows: [0, 0] })
    expect(await visible(moderator.client)).toEqual({ links: 2, rows: [1, 1] })

    const other = await add(null)
    expect(
      (await editor.client.from('song_tags').insert({ song_id: other, tag_id: id })).error,
    ).toMatchObject({ code: '42501', message: 'This tag is banned.' })
    expect(
      (await editor.client.rpc('tag_song', { p_song: other, p_tags: [], p_names: ['SPAM'] })).error,
    ).toMatchObject({ code: '42501', message: 'This tag is banned.' })
    await save(other, '{spam}')
    expect(await see(other)).toMatchObject({ tags: ['Spam'] })
    await save(other, '{spam,Hope}')
    expect(await see(other)).toMatchObject({ tags: ['Hope', 'Spam'] })

    expect((await moderator.client.rpc('ban_tag', { p_tag: id, p_is_banned: false })).error).toBeNull()
    expect(await visible(editor.client)).toEqual({ links: 2, rows: [1, 1] })
  })
})

describe('a tag that something depends on is not deleted', () => {
  test('linked, merged, or in the plan of a run that is under way', async () => {
    await add('{"Linked tag"}')
    const remove = (id: string) => database.serviceClient.from('tags').delete().eq('id', id)
    expect((await remove(await tag('Linked tag'))).error).toMatchObject({
      code: '23503',
      message: 'Linked tag is a tag of songs: remove it there first, or merge it.',
    })
    await database.sql`insert into public.tags (name) values ('Alone one'), ('Alone two'), ('Alone three')`
    const [one, two] = [await tag('Alone one'), await tag('Alone two')]
    await merge(one, two)
    for (const id of [one, two]) {
      expect((await remove(id)).error?.code).toBe('23503')
    }
    expect((await remove(await tag('Alone three'))).error).toBeNull()
  })

  test('of a run that is under way', async () => {
    const other = await createTestDatabase()
    try {
      await addSongs(other.sql, [['Planned']])
      await beginMigration(other)
      const id = await tagNamed(other.sql, 'Planned')
      await expect(other.sql`delete from public.tags where id = ${id}`).rejects.toMatchObject({
        code: '23503',
        message: 'Planned is in the plan of the migration that is under way: delete it when that has ended.',
      })
      await other.sql`delete from public.songs`
      await migrate(other)
      await other.sql`delete from public.tags where id = ${id}`
      // What the plan meant is gone: the theme makes a tag anew.
      await other.sql`insert into public.songs (title, themes) values ('A song', '{Planned}')`
      expect(await tagNamed(other.sql, 'Planned')).not.toBe(id)
      expect(await outOfStep(other.sql)).toEqual([])
    } finally {
      await other.drop()
    }
  })
})

test('who is no moderator changes no tag, and every change is in the log', async () => {
  await add('{"Log one","Log two"}')
  const [one, two] = [await tag('Log one'), await tag('Log two')]
  for (const { client } of [editor]) {
    for (const answer of [
      await client.rpc('rename_tag', { p_tag: one, p_name: 'Hijacked' }),
      await client.rpc('merge_tags', { p_from: one, p_into: two }),
      await client.rpc('unmerge_tag', { p_tag: one }),
      await client.rpc('ban_tag', { p_tag: one, p_is_banned: true }),
    ])
      expect(answer.error?.code).toBe('42501')
  }
  await moderator.client.rpc('merge_tags', { p_from: one, p_into: two })
  await moderator.client.rpc('unmerge_tag', { p_tag: one })
  await moderator.client.rpc('rename_tag', { p_tag: one, p_name: 'Log renamed' })
  await moderator.client.rpc('ban_tag', { p_tag: one, p_is_banned: true })
  await moderator.client.rpc('ban_tag', { p_tag: one, p_is_banned: true })
  const { data } = await moderator.client
    .from('tag_moderation_log')
    .select('action, tag_name, details, actor')
    .eq('tag_id', one)
    .order('id')
  expect(data).toEqual([
    { action: 'merge', tag_name: 'Log one', details: { into: two, songs: 1 }, actor: moderator.id },
    { action: 'unmerge', tag_name: 'Log one', details: { from: two, songs: 1 }, actor: moderator.id },
    { action: 'rename', tag_name: 'Log renamed', details: { was: 'Log one' }, actor: moderator.id },
    { action: 'ban', tag_name: 'Log renamed', details: {}, actor: moderator.id },
  ])
})
