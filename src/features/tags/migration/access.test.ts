import type { SupabaseClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addSongs } from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import type { Database } from '../../../lib/database.types.ts'
import { BEFORE_ALL } from './migrationDatabase.ts'

type Client = SupabaseClient<Database>
type SignedIn = Awaited<ReturnType<TestDatabase['signUp']>>

/** Who may execute what in public. A new function belongs here before it belongs to anybody. */
const EXECUTE: Record<string, readonly string[]> = {
  'has_role(app_role[])': ['anon', 'authenticated', 'service_role'],
  'is_admin()': ['anon', 'authenticated', 'service_role'],
  'banned_tags()': ['anon', 'authenticated', 'service_role'],
  'popular_tags(integer)': ['anon', 'authenticated', 'service_role'],
  'search_songs(text,text[],text[],text[],text[],text[],integer,integer,integer,integer,text,text,integer,boolean)':
    ['anon', 'authenticated', 'service_role'],
  'suggest_tags(text,integer,uuid[])': ['anon', 'authenticated', 'service_role'],
  'tag_catalog(text)': ['anon', 'authenticated', 'service_role'],
  'tag_companions(uuid[],integer)': ['anon', 'authenticated', 'service_role'],
  'tags_by_id(uuid[])': ['anon', 'authenticated', 'service_role'],
  'edited_song(uuid)': ['anon', 'authenticated', 'service_role'],
  'place(song_tags)': ['anon', 'authenticated', 'service_role'],
  'can_edit_song(uuid)': ['authenticated', 'service_role'],
  'is_blank_tag_name(text)': ['authenticated', 'service_role'],
  'normalize_tag_name(text)': ['authenticated', 'service_role'],

  // What people do; the row-level security of the tables decides about songs, a role about tags.
  'add_song(jsonb,uuid[],text[],uuid)': ['authenticated', 'service_role'],
  'create_tag(text,tag_category,text)': ['authenticated', 'service_role'],
  'ban_tag(uuid,boolean)': ['authenticated', 'service_role'],
  'edit_song(uuid,integer,jsonb,uuid[],text[],uuid[])': ['authenticated', 'service_role'],
  'hold_song(uuid,integer)': ['authenticated', 'service_role'],
  'merge_tags(uuid,uuid)': ['authenticated', 'service_role'],
  'count_tags(text,tag_category)': ['authenticated', 'service_role'],
  'edit_tag(uuid,jsonb,timestamp with time zone)': ['authenticated', 'service_role'],
  'keep_tags_apart(uuid,uuid)': ['authenticated', 'service_role'],
  'list_tags(text,tag_category,text,text,boolean,jsonb,boolean,integer)': ['authenticated', 'service_role'],
  'merge_many_tags(uuid[],uuid)': ['authenticated', 'service_role'],
  'moderation_actors()': ['authenticated', 'service_role'],
  'moderation_log(text,uuid,uuid,timestamp with time zone,timestamp with time zone,bigint,integer)': [
    'authenticated',
    'service_role',
  ],
  'preview_merge(uuid[],uuid)': ['authenticated', 'service_role'],
  'promote_tag(uuid,boolean)': ['authenticated', 'service_role'],
  'rename_tag(uuid,text)': ['authenticated', 'service_role'],
  'save_song(uuid,integer,jsonb)': ['authenticated', 'service_role'],
  'song_opened(uuid)': ['authenticated', 'service_role'],
  'tag_details(uuid)': ['authenticated', 'service_role'],
  'tag_song(uuid,uuid[],text[],integer)': ['authenticated', 'service_role'],
  'tag_usage(uuid,text)': ['authenticated', 'service_role'],
  'tags_kept_apart()': ['authenticated', 'service_role'],
  'tidy_tag_names(text[])': ['authenticated', 'service_role'],
  'undo_moderation(bigint)': ['authenticated', 'service_role'],
  'unmerge_tag(uuid)': ['authenticated', 'service_role'],
  'untag_song(uuid,uuid[],integer)': ['authenticated', 'service_role'],

  // What browsers measure, and what is made of it.
  'record_tag_metrics(jsonb)': ['authenticated'],
  'tag_metrics_dashboard(timestamp with time zone,timestamp with time zone,integer)': ['authenticated'],
  'tag_metrics_retain()': ['service_role'],
  'tag_alerts_delivered(bigint,text[],boolean)': ['service_role'],
  'tag_alerts_due()': ['service_role'],
  'tag_alerts_look(integer[])': ['service_role'],
  'tag_alerts_record(bigint,jsonb,jsonb)': ['service_role'],

  // It asks whether an admin calls, and knows a fixed list: see administerMigration.test.ts.
  'administer_migration(text,jsonb)': ['authenticated'],

  'grant_role(text,app_role)': ['service_role'],
  'list_roles()': ['service_role'],
  'revoke_role(text,app_role)': ['service_role'],
  'tag_migration_add_plan(text,jsonb)': ['service_role'],
  'tag_migration_adopt(uuid,integer,text[])': ['service_role'],
  'tag_migration_batch(uuid,integer,integer,uuid,text,integer,integer,integer,integer,integer)': [
    'service_role',
  ],
  'tag_migration_contract_state(integer)': ['service_role'],
  'tag_migration_copy(uuid,integer)': ['service_role'],
  'tag_migration_count_links(uuid,integer,jsonb)': ['service_role'],
  'tag_migration_finalize(integer,text,integer)': ['service_role'],
  'tag_migration_fold(uuid,integer)': ['service_role'],
  'tag_migration_refresh_statistics()': ['service_role'],
  'tag_migration_forget_song(uuid)': ['service_role'],
  'tag_migration_keep_answer(uuid,integer,text,jsonb)': ['service_role'],
  'tag_migration_keep_aside(uuid,integer,uuid)': ['service_role'],
  'tag_migration_kept_answers(uuid)': ['service_role'],
  'tag_migration_long_themes(uuid,integer)': ['service_role'],
  'tag_migration_plan(text,text,integer)': ['service_role'],
  'tag_migration_prepare(uuid,integer,integer)': ['service_role'],
  'tag_migration_prune(interval,integer)': ['service_role'],
  'tag_migration_quarantine(uuid,integer,uuid,text,text,integer)': ['service_role'],
  'tag_migration_quarantined(uuid)': ['service_role'],
  'tag_migration_record_rehearsal(bigint,bigint,jsonb,text)': ['service_role'],
  'tag_migration_release(uuid,uuid)': ['service_role'],
  'tag_migration_restore_themes(text,integer)': ['service_role'],
  'tag_migration_resume(uuid,text)': ['service_role'],
  'tag_migration_rollback_batch(uuid,integer,integer,uuid,text)': ['service_role'],
  'tag_migration_rollback_conflicts(uuid,bigint,integer)': ['service_role'],
  'tag_migration_rollback_errors(uuid)': ['service_role'],
  'tag_migration_rollback_finish(uuid,integer)': ['service_role'],
  'tag_migration_rollback_preview(uuid,boolean,uuid,integer,bigint,timestamp with time zone)': [
    'service_role',
  ],
  'tag_migration_rollback_preview_tags(uuid,uuid,integer)': ['service_role'],
  'tag_migration_rollback_put_aside(uuid,integer,uuid,text,text,integer)': ['service_role'],
  'tag_migration_rollback_start(uuid,boolean,text,bigint,timestamp with time zone)': ['service_role'],
  'tag_migration_rollback_tags(uuid,integer,uuid,integer)': ['service_role'],
  'tag_migration_run(uuid,boolean)': ['service_role'],
  'tag_migration_report(uuid,integer,text,integer,text,boolean)': ['service_role'],
  'tag_migration_song(uuid)': ['service_role'],
  'tag_migration_songs_with(jsonb,uuid,integer,integer)': ['service_role'],
  'tag_migration_start(text,integer,bigint,jsonb,text)': ['service_role'],
  'tag_migration_status(uuid)': ['service_role'],
  'tag_migration_stop(uuid,text,text)': ['service_role'],
  'tag_migration_survey(uuid,integer,uuid,uuid)': ['service_role'],
  'tag_migration_transition(uuid,integer,text,text,jsonb,text)': ['service_role'],
  'tag_migration_runs(uuid,integer)': ['service_role'],
  'tag_migration_validate_batches(uuid,uuid,bigint,uuid,integer)': ['service_role'],
  'tag_migration_validate_live(uuid,uuid,integer)': ['service_role'],
  'tag_migration_check_drift(integer,integer)': ['service_role'],
  'tag_migration_validate_rollback(uuid,uuid,integer)': ['service_role'],
  'tag_migration_chunks(uuid,uuid,integer,integer,integer)': ['service_role'],
  'tag_migration_validate_songs(uuid,uuid,uuid)': ['service_role'],
  'tag_migration_validate_tags(uuid,integer)': ['service_role'],

  // Triggers' own.
  'count_tag_usage()': [],
  'limit_new_tags()': [],
  'refuse_log_change()': [],
  'register_tag_name()': [],
  'touch_song()': [],
  'touch_tag()': [],
}
const ROLES = ['anon', 'authenticated', 'service_role']

let database: TestDatabase
let user: SignedIn
let editor: SignedIn
let moderator: SignedIn
let admin: SignedIn
/** A song of nobody, one of the user's, and tags that exist. */
let song: string
let ownSong: string
let grace: string
let mercy: string

beforeAll(async () => {
  database = await createTestDatabase()
  user = await database.signUp()
  const withRole = async (role: Database['public']['Enums']['app_role']) => {
    const one = await database.signUp()
    const { error } = await database.serviceClient.rpc('grant_role', { p_email: one.email, p_role: role })
    expect(error).toBeNull()
    return one
  }
  editor = await withRole('editor')
  moderator = await withRole('moderator')
  admin = await withRole('admin')
  ;[song = ''] = await addSongs(database.sql, [['Grace']])
  const { data } = await user.client.from('songs').insert({ title: 'My own' }).select('id').single()
  ownSong = data?.id ?? ''
  const tags = await database.sql<{ id: string; name: string }[]>`
    select id, name from public.tags where name in ('Grace', 'Mercy') order by name`
  grace = tags[0]?.id ?? ''
  mercy = tags[1]?.id ?? ''
})
afterAll(() => database.drop())

/** Everyone who comes over the API without the secret key. */
const people = (): [string, Client][] => [
  ['anon', database.anonClient()],
  ['a user', user.client],
  ['an editor', editor.client],
  ['a moderator', moderator.client],
  ['an admin', admin.client],
]

interface Answer {
  error: { code: string } | null
  data: unknown
}

/** What each of the people is told: an SQLSTATE, or how many rows came back. */
async function answers(ask: (client: Client) => PromiseLike<Answer>): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {}
  for (const [who, client] of people()) {
    const { error, data } = await ask(client)
    all[who] = error === null ? (Array.isArray(data) ? data.length : data) : error.code
  }
  return all
}
const everyone = (answer: unknown) => Object.fromEntries(people().map(([who]) => [who, answer]))

describe('functions', () => {
  test('in public are executed by exactly those who are listed', async () => {
    const rows = await database.sql<{ name: string; roles: string[] }[]>`
      select p.oid::regprocedure::text as name,
        array(select r from unnest(${ROLES}::text[]) as r where has_function_privilege(r, p.oid, 'execute')) as roles
      from pg_catalog.pg_proc as p where p.pronamespace = 'public'::regnamespace`
    expect(Object.fromEntries(rows.map((row) => [row.name, row.roles]))).toEqual(EXECUTE)
  })

  test('of the engine are refused to everyone without the secret key', async () => {
    expect(await answers((client) => client.rpc('tag_migration_run'))).toEqual(everyone('42501'))
    expect(await answers((client) => client.rpc('tag_migration_forget_song', { p_song: song }))).toEqual(
      everyone('42501'),
    )
    expect(
      await answers((client) =>
        client.rpc('tag_migration_batch', {
          p_run: BEFORE_ALL,
          p_epoch: 1,
          p_limit: 10,
          p_after: BEFORE_ALL,
        }),
      ),
    ).toEqual(everyone('42501'))
    expect((await database.serviceClient.rpc('tag_migration_run')).error).toBeNull()
  })

  test('with the rights of their owner look nowhere but where they are told to', async () => {
    const open = await database.sql`
      select p.oid::regprocedure::text as name from pg_catalog.pg_proc as p
      where p.pronamespace in (
          'public'::regnamespace, 'tag_migration'::regnamespace, 'tag_catalog'::regnamespace, 'tag_monitoring'::regnamespace
        )
        and not coalesce(p.proconfig, '{}') @> array['search_path=""']
        -- What such a body names was settled when the function was made.
        and p.prosqlbody is null`
    expect(open).toEqual([])
  })

  test('made from now on are nobody’s until they are granted', async () => {
    await database.sql`create function public.made_later() returns integer language sql as 'select 1'`
    const [row] = await database.sql`
      select array(
        select r from unnest(${ROLES}::text[]) as r where has_function_privilege(r, 'public.made_later()', 'execute')
      ) as roles`
    await database.sql`drop function public.made_later()`
    expect(row).toEqual({ roles: [] })
  })
})

describe.each([
  ['engine', 'tag_migration', 'journal', 'song_id'],
  ['catalogue', 'tag_catalog', 'trace', 'tag_id'],
  ['monitoring', 'tag_monitoring', 'search_stage', 'person'],
])('the schema of the %s', (_, schema, table, column) => {
  test('is entered by no role of the API', async () => {
    const [row] = await database.sql`
      select array(select r from unnest(${ROLES}::text[]) as r where has_schema_privilege(r, ${schema}, 'usage, create')) as roles`
    expect(row).toEqual({ roles: [] })
  })

  test('is not served, not even to the secret key', async () => {
    for (const key of [database.publishableKey, database.secretKey]) {
      const response = await database.fetch(`${database.apiUrl}/rest/v1/${table}?select=${column}`, {
        headers: { apikey: key, 'accept-profile': schema },
      })
      expect(response.ok).toBe(false)
      expect(await response.text()).not.toContain(column)
    }
  })
})

describe('tables', () => {
  test('have row-level security, every one of them', async () => {
    const rows = await database.sql<{ name: string; secured: boolean }[]>`
      select oid::regclass::text as name, relrowsecurity as secured from pg_catalog.pg_class
      where relkind in ('r', 'p')
        and relnamespace in ('public'::regnamespace, 'tag_migration'::regnamespace, 'tag_monitoring'::regnamespace)`
    expect(rows.length).toBeGreaterThan(15)
    expect(rows.filter((row) => !row.secured)).toEqual([])
  })

  test('are written by nobody who is not signed in', async () => {
    const anon = database.anonClient()
    const codes = await Promise.all([
      anon.from('songs').insert({ title: 'x' }),
      anon.from('songs').update({ title: 'x' }).eq('id', song),
      anon.from('songs').delete().eq('id', song),
      anon.from('arrangements').insert({ song_id: song, name: 'x' }),
      anon.from('arrangements').delete().eq('song_id', song),
      anon.from('tags').insert({ name: 'x' }),
      anon.from('tags').update({ name: 'x' }).eq('id', grace),
      anon.from('tags').delete().eq('id', grace),
      anon.from('tag_synonyms').insert({ tag_id: grace, name: 'x' }),
      anon.from('tag_names').delete().eq('normalized_name', 'grace'),
      anon.from('song_tags').insert({ song_id: song, tag_id: grace }),
      anon.from('song_tags').delete().eq('song_id', song),
      anon.from('tag_moderation_log').insert({ action: 'x' }),
      anon.from('user_roles').insert({ user_id: user.id, role: 'admin' }),
    ])
    expect(codes.map(({ error }) => error?.code)).toEqual(codes.map(() => '42501'))
  })

  test('with roles are written by no client, whatever its role', async () => {
    expect(
      await answers((client) => client.from('user_roles').insert({ user_id: user.id, role: 'admin' })),
    ).toEqual(everyone('42501'))
    expect(
      await answers((client) => client.from('user_roles').update({ role: 'admin' }).eq('user_id', user.id)),
    ).toEqual(everyone('42501'))
    expect(await answers((client) => client.from('user_roles').delete().eq('role', 'admin'))).toEqual(
      everyone('42501'),
    )
    // Nor by the secret key but through its functions.
    const { error } = await database.serviceClient
      .from('user_roles')
      .insert({ user_id: user.id, role: 'admin' })
    expect(error?.code).toBe('42501')
  })

  test('with roles show each their own', async () => {
    expect(await answers((client) => client.from('user_roles').select('role'))).toEqual({
      anon: '42501',
      'a user': 0,
      'an editor': 1,
      'a moderator': 1,
      'an admin': 1,
    })
    expect(await answers((client) => client.rpc('is_admin'))).toEqual({
      anon: false,
      'a user': false,
      'an editor': false,
      'a moderator': false,
      'an admin': true,
    })
  })
})

describe('tags', () => {
  test('are added by whoever is signed in, as custom ones of their own', async () => {
    const { data, error } = await user.client
      .from('tags')
      .insert({ name: 'A tag of mine', category: 'mood' })
      .select('created_by, is_standard, needs_review, usage_count, merged_into')
      .single()
    expect(error).toBeNull()
    expect(data).toEqual({
      created_by: user.id,
      is_standard: false,
      needs_review: false,
      usage_count: 0,
      merged_into: null,
    })
  })

  test.each<[string, object]>([
    ['in somebody else’s name', { created_by: '00000000-0000-4000-8000-000000000000' }],
    ['in nobody’s name', { created_by: null }],
    ['as standard ones', { is_standard: true }],
    ['as made by the migration', { needs_review: true }],
    ['as used already', { usage_count: 5 }],
    ['under an id of their choice', { id: '00000000-0000-4000-8000-000000000000' }],
  ])('are not added %s by anyone', async (_, column) => {
    expect(await answers((client) => client.from('tags').insert({ name: 'Smuggled', ...column }))).toEqual(
      everyone('42501'),
    )
  })

  test('are not changed or deleted by any client', async () => {
    expect(
      await answers((client) => client.from('tags').update({ is_standard: true }).eq('id', grace)),
    ).toEqual(everyone('42501'))
    expect(await answers((client) => client.from('tags').delete().eq('id', grace))).toEqual(everyone('42501'))
    expect(
      await answers((client) => client.from('tag_synonyms').insert({ tag_id: grace, name: 'Favour' })),
    ).toEqual(everyone('42501'))
    expect(
      await answers((client) => client.from('tag_names').update({ tag_id: mercy }).eq('tag_id', grace)),
    ).toEqual(everyone('42501'))
  })
})

describe('a song’s tags', () => {
  const link = (client: Client, songId: string, tagId: string) =>
    client.from('song_tags').insert({ song_id: songId, tag_id: tagId })

  test('are added by whoever may edit the song', async () => {
    expect((await link(user.client, song, grace)).error?.code).toBe('42501')
    expect((await link(user.client, ownSong, grace)).error).toBeNull()
    expect((await link(editor.client, song, grace)).error).toBeNull()
    expect((await link(moderator.client, song, mercy)).error).toBeNull()
    expect((await link(admin.client, ownSong, mercy)).error).toBeNull()
    const rows = await database.sql`
      select song_id, tag_id, created_by from public.song_tags where song_id in (${song}, ${ownSong})`
    expect(rows).toHaveLength(4)
    expect(rows).toContainEqual({ song_id: song, tag_id: grace, created_by: editor.id })
    await database.sql`delete from public.song_tags`
  })

  test('are not added in somebody else’s name', async () => {
    const { error } = await user.client
      .from('song_tags')
      .insert({ song_id: ownSong, tag_id: grace, created_by: editor.id })
    expect(error?.code).toBe('42501')
  })

  test('are not changed by any client, only added and removed', async () => {
    await link(user.client, ownSong, grace)
    expect(
      await answers((client) =>
        client.from('song_tags').update({ tag_id: mercy }).eq('song_id', ownSong).eq('tag_id', grace),
      ),
    ).toEqual(everyone('42501'))
    await database.sql`delete from public.song_tags`
  })

  test('are removed by whoever may edit the song, and stay for everyone else', async () => {
    await link(editor.client, song, grace)
    const untag = (client: Client) => client.from('song_tags').delete().eq('song_id', song).select('tag_id')
    expect(await untag(user.client)).toMatchObject({ error: null, data: [] })
    expect(await untag(editor.client)).toMatchObject({ error: null, data: [{ tag_id: grace }] })
  })
})

describe('the moderation log', () => {
  beforeAll(async () => {
    await database.sql`insert into public.tag_moderation_log (action, tag_name) values ('merge', 'Grace')`
  })

  test('is read by moderators and admins only', async () => {
    expect(await answers((client) => client.from('tag_moderation_log').select('action'))).toEqual({
      anon: '42501',
      'a user': 0,
      'an editor': 0,
      'a moderator': 1,
      'an admin': 1,
    })
  })

  test('is written by no client', async () => {
    expect(await answers((client) => client.from('tag_moderation_log').insert({ action: 'x' }))).toEqual(
      everyone('42501'),
    )
  })

  test.each(['service_role', 'postgres'])('is only ever added to, also by %s', async (role) => {
    for (const change of [
      `update public.tag_moderation_log set action = 'x'`,
      'delete from public.tag_moderation_log',
      'truncate public.tag_moderation_log',
    ]) {
      const changing = database.sql.begin(async (sql) => {
        await sql`set local role ${sql(role)}`
        await sql.unsafe(change)
      })
      await expect(changing).rejects.toMatchObject({ code: '42501' })
    }
    expect(await database.sql`select action from public.tag_moderation_log`).toEqual([{ action: 'merge' }])
  })
})

describe('songs', () => {
  test('are changed by their owner and by editors, columns of the house excepted', async () => {
    const retitle = (client: Client, id: string) =>
      client.from('songs').update({ title: 'Changed' }).eq('id', id).select('id')
    expect((await retitle(user.client, song)).data).toEqual([])
    expect((await retitle(user.client, ownSong)).data).toHaveLength(1)
    expect((await retitle(editor.client, song)).data).toHaveLength(1)
    expect(await answers((client) => client.from('songs').update({ version: 99 }).eq('id', song))).toEqual(
      everyone('42501'),
    )
    expect(
      await answers((client) => client.from('songs').update({ created_by: user.id }).eq('id', song)),
    ).toEqual(everyone('42501'))
  })

  test('are deleted by their owner and by moderators, not by editors', async () => {
    const [one = '', two = ''] = await addSongs(database.sql, [null, null])
    const remove = (client: Client, id: string) => client.from('songs').delete().eq('id', id).select('id')
    expect((await remove(user.client, one)).data).toEqual([])
    expect((await remove(editor.client, one)).data).toEqual([])
    expect((await remove(moderator.client, one)).data).toHaveLength(1)
    expect((await remove(admin.client, two)).data).toHaveLength(1)
  })
})
