import type { SupabaseClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import type { Database } from '../../../lib/database.types.ts'
import { moderationLogSchema } from './moderationEntry.ts'

type Client = SupabaseClient<Database>

let database: TestDatabase
let moderator: { client: Client; id: string; email: string }
let admin: { client: Client; id: string; email: string }
let member: { client: Client }
let one: string
let other: string
let songs: string[]

beforeAll(async () => {
  database = await createTestDatabase()
  member = await database.signUp()
  moderator = await database.signUp('moderator@example.org')
  admin = await database.signUp('admin@example.org')
  for (const [email, role] of [
    [moderator.email, 'moderator'],
    [admin.email, 'admin'],
  ] as const) {
    const { error } = await database.serviceClient.rpc('grant_role', { p_email: email, p_role: role })
    expect(error).toBeNull()
  }
})
afterAll(() => database.drop())

beforeEach(async () => {
  const { sql } = database
  const name = crypto.randomUUID().slice(0, 8)
  const tags = await sql<{ id: string }[]>`
    insert into public.tags (name) values (${`One ${name}`}), (${`Other ${name}`}) returning id`
  one = tags[0]?.id ?? ''
  other = tags[1]?.id ?? ''
  const made = await sql<{ id: string }[]>`
    insert into public.songs (title) values ('First'), ('Second') returning id`
  songs = made.map(({ id }) => id)
  await sql`insert into public.song_tags (song_id, tag_id) values (${songs[0] ?? ''}, ${one}), (${songs[1] ?? ''}, ${other})`
})

async function logOf(tag: string, client: Client = moderator.client, filter: object = {}) {
  const { data, error } = await client.rpc('moderation_log', { p_tag: tag, ...filter })
  expect(error).toBeNull()
  return moderationLogSchema.parse(data)
}

async function undo(entry: number | undefined, client: Client = moderator.client) {
  const { error } = await client.rpc('undo_moderation', { p_entry: entry ?? 0 })
  return error?.code ?? null
}

const stateOf = async (tag: string) => {
  const [row] = await database.sql`
    select t.name, t.banned_at is not null as banned, t.merged_into,
      array(select l.song_id from public.song_tags as l where l.tag_id = t.id) as songs
    from public.tags as t where t.id = ${tag}`
  return row
}

describe.each<[string, () => PromiseLike<unknown>]>([
  ['a new name', () => moderator.client.rpc('rename_tag', { p_tag: one, p_name: `New ${one.slice(0, 8)}` })],
  ['a ban', () => moderator.client.rpc('ban_tag', { p_tag: one })],
  ['a merge', () => moderator.client.rpc('merge_tags', { p_from: one, p_into: other })],
])('%s', (_, deed) => {
  test('is undone, and that is undone again', async () => {
    const before = await stateOf(one)
    await deed()
    const after = await stateOf(one)
    const done = (await logOf(one)).entries[0]
    expect(done).toMatchObject({ canUndo: true, undoneBy: null, undoes: null, actorEmail: moderator.email })

    expect(await undo(done?.id, admin.client)).toBeNull()
    expect(await stateOf(one)).toEqual(before)
    const [undone, first] = (await logOf(one)).entries
    expect(undone).toMatchObject({ undoes: done?.id, canUndo: true, actorEmail: admin.email })
    expect(first).toMatchObject({ id: done?.id, canUndo: false, undoneBy: undone?.id })

    expect(await undo(undone?.id)).toBeNull()
    expect(await stateOf(one)).toEqual(after)
  })

  test('is undone once, whoever comes second', async () => {
    await deed()
    const done = (await logOf(one)).entries[0]
    expect((await Promise.all([undo(done?.id), undo(done?.id, admin.client)])).sort()).toEqual([
      'PT409',
      null,
    ])
    expect((await logOf(one)).entries).toHaveLength(2)
    expect(await undo(done?.id)).toBe('PT409')
  })
})

test('what has changed since is not undone', async () => {
  await moderator.client.rpc('rename_tag', { p_tag: one, p_name: `Second ${one.slice(0, 8)}` })
  await moderator.client.rpc('rename_tag', { p_tag: one, p_name: `Third ${one.slice(0, 8)}` })
  const [third, second] = (await logOf(one)).entries
  expect([third?.canUndo, second?.canUndo]).toEqual([true, false])
  expect(await undo(second?.id)).toBe('PT409')
  expect((await stateOf(one))?.name).toBe(`Third ${one.slice(0, 8)}`)
  expect(await undo(0)).toBe('PT404')
})

test('a merge that was undone and done again elsewhere is not undone by its old entry', async () => {
  await moderator.client.rpc('merge_tags', { p_from: one, p_into: other })
  const old = (await logOf(one)).entries[0]
  await moderator.client.rpc('unmerge_tag', { p_tag: one })
  await moderator.client.rpc('merge_tags', { p_from: one, p_into: other })
  expect(await undo(old?.id)).toBe('PT409')
  expect((await stateOf(one))?.merged_into).toBe(other)
})

test('the log is read in pages, by action, person and time', async () => {
  for (const banned of [true, false, true]) {
    await moderator.client.rpc('ban_tag', { p_tag: one, p_is_banned: banned })
  }
  await admin.client.rpc('merge_tags', { p_from: one, p_into: other })
  const all = await logOf(one)
  expect(all.entries.map(({ action }) => action)).toEqual(['merge', 'ban', 'unban', 'ban'])
  expect(all.next).toBeNull()

  const first = await logOf(one, moderator.client, { p_limit: 3 })
  expect(first.entries).toEqual(all.entries.slice(0, 3))
  const rest = await logOf(one, moderator.client, { p_limit: 3, p_before: first.next })
  expect([...first.entries, ...rest.entries]).toEqual(all.entries)
  expect(rest.next).toBeNull()

  expect((await logOf(one, moderator.client, { p_action: 'ban' })).entries).toHaveLength(2)
  expect((await logOf(one, moderator.client, { p_actor: admin.id })).entries).toHaveLength(1)
  const { at } = all.entries[1] ?? { at: '' }
  expect((await logOf(one, moderator.client, { p_from: at })).entries).toEqual(all.entries.slice(0, 2))
  expect((await logOf(one, moderator.client, { p_until: at })).entries).toEqual(all.entries.slice(2))
  expect((await moderator.client.rpc('moderation_actors')).data).toEqual([
    { id: admin.id, email: admin.email },
    { id: moderator.id, email: moderator.email },
  ])
})

test('who is no moderator gets nothing, and leaves nothing behind', async () => {
  await moderator.client.rpc('ban_tag', { p_tag: one })
  const entry = (await logOf(one)).entries[0]
  for (const client of [member.client, database.anonClient()]) {
    for (const { data, error } of [
      await client.rpc('moderation_log'),
      await client.rpc('moderation_actors'),
      await client.rpc('undo_moderation', { p_entry: entry?.id ?? 0 }),
    ]) {
      expect([data, error?.code]).toEqual([null, '42501'])
    }
  }
  expect((await logOf(one)).entries).toEqual([entry])
})
