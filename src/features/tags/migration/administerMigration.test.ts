import type { SupabaseClient } from '@supabase/supabase-js'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { forgetRuns } from '../../../../scripts/testing/controlFixture.ts'
import { addSongs, runnerFor, startRun } from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import type { Database, Json } from '../../../lib/database.types.ts'

let database: TestDatabase
let admin: SupabaseClient<Database>
let adminEmail: string

beforeAll(async () => {
  database = await createTestDatabase()
  ;({ client: admin, email: adminEmail } = await withRole('admin'))
})
afterAll(() => database.drop())
afterEach(() => forgetRuns(database))

async function withRole(role: Database['public']['Enums']['app_role']) {
  const person = await database.signUp()
  await database.serviceClient.rpc('grant_role', { p_email: person.email, p_role: role })
  return person
}

const ask = (client: SupabaseClient<Database>, call: string, args: Record<string, Json> = {}) =>
  client.rpc('administer_migration', { p_call: call, p_args: args })

/** What the calls of an admin, on a run that is under way, could be. */
const CALLS: [string, Record<string, Json>][] = [
  ['run', {}],
  ['status', {}],
  ['runs', {}],
  ['quarantined', {}],
  ['song', {}],
  ['survey', {}],
  ['songs_with', { p_themes: ['Grace'] }],
  ['plan', { p_hash: 'a'.repeat(64) }],
  ['add_plan', { p_hash: 'a'.repeat(64), p_plan: { entries: [] } }],
  ['stop', { p_to: 'cancelled' }],
  ['fold', {}],
  ['release', {}],
  ['rollback_preview', { p_exact: false }],
  ['rollback_preview_tags', {}],
  ['rollback_conflicts', {}],
  ['rollback_errors', {}],
  ['contract_state', { p_quiet_days: 14 }],
  ['chunks', { p_chunk: 1000, p_chunks: 20 }],
  ['validate_songs', { p_until: 'ffffffff-ffff-ffff-ffff-ffffffffffff' }],
  ['validate_batches', {}],
  ['validate_tags', {}],
  ['validate_live', {}],
  ['validate_rollback', {}],
  ['long_themes', {}],
  ['no such call', {}],
]

async function withRun(args: Record<string, Json>): Promise<Record<string, Json>> {
  const [song] = await database.sql`select id from public.songs limit 1`
  const [run] = await database.sql`select id from tag_migration.run`
  return { ...args, p_run: String(run?.id), p_song: String(song?.id) }
}

describe('the one door of the engine for people', () => {
  test('refuses everyone who is no admin, whatever the call, and nothing of it is left', async () => {
    await addSongs(database.sql, [['Grace'], ['Mercy']])
    await startRun(database)
    const [user, editor, moderator] = await Promise.all([
      database.signUp(),
      withRole('editor'),
      withRole('moderator'),
    ])
    const before = await traces()
    for (const client of [database.anonClient(), user.client, editor.client, moderator.client]) {
      for (const [call, args] of CALLS) {
        const { data, error } = await ask(client, call, await withRun(args))
        expect([call, data, error?.code]).toEqual([call, null, '42501'])
      }
    }
    expect(await traces()).toEqual(before)
  })

  test('refuses an admin whose role was taken away', async () => {
    const { client, email } = await withRole('admin')
    expect((await ask(client, 'status')).error).toBeNull()
    await database.serviceClient.rpc('revoke_role', { p_email: email, p_role: 'admin' })
    expect((await ask(client, 'status')).error?.code).toBe('42501')
  })

  test('leads an admin to every call of the list, and to no other', async () => {
    await addSongs(database.sql, [['Grace'], ['Mercy']])
    await startRun(database)
    for (const [call, args] of CALLS) {
      const { error } = await ask(admin, call, await withRun(args))
      expect([call, error?.code ?? null]).toEqual([call, call === 'no such call' ? '42501' : null])
    }
    for (const call of ['batch', 'prune', 'forget_song', 'transition', 'resume', 'finalize', 'start']) {
      expect((await ask(admin, call)).error?.code).toBe('42501')
    }
  })

  test('names who stopped a run by the session, not by what the call says', async () => {
    await addSongs(database.sql, [['Grace']])
    await startRun(database)
    await ask(admin, 'stop', await withRun({ p_to: 'paused', p_worker: 'somebody else' }))
    const [event] = await database.sql`
      select to_status, worker from tag_migration.run_event order by id desc limit 1`
    expect(event).toEqual({ to_status: 'paused', worker: adminEmail })
  })

  test('adds nothing to the plan of a run, which is frozen', async () => {
    await addSongs(database.sql, [['Grace']])
    await startRun(database)
    const [run] = await database.sql`select plan_hash from tag_migration.run`
    const hash = String(run?.plan_hash)
    const entry = { rawTheme: 'Smuggled', disposition: 'custom', tags: ['Smuggled'], needsReview: false }
    await ask(admin, 'add_plan', { p_hash: hash, p_plan: { entries: [entry] } })
    expect(await database.sql`select raw from tag_migration.plan_theme where plan_hash = ${hash}`).toEqual([
      { raw: 'Grace' },
    ])
  })
})

test('songs with any of some themes are counted and shown as they are', async () => {
  await addSongs(database.sql, [['Grace', 'Mercy'], ['Mercy'], ['Hope', null], null])
  const { data } = await ask(admin, 'songs_with', { p_themes: ['Grace', 'Mercy'], p_samples: 1 })
  expect(data).toMatchObject({ songs: 2, samples: [{ themes: expect.arrayContaining(['Mercy']), tags: [] }] })
})

test('a song is told as it was, as a run left it, and as it is', async () => {
  const [song = ''] = await addSongs(database.sql, [['Grace', ' Mercy/Hope ']])
  await runnerFor(database).run()
  await database.sql`update public.songs set themes = '{Joy}' where id = ${song}`
  const { data } = await ask(admin, 'song', { p_song: song })
  expect(data).toMatchObject({
    title: 'Song 0',
    now: { themes: ['Joy'], tags: ['Joy'], isMigrated: true },
    runs: [
      {
        status: 'complete',
        before: { themes: ['Grace', ' Mercy/Hope '], tags: [] },
        migrated: ['Grace', 'Mercy/Hope'],
        rolledBackAt: null,
      },
    ],
  })
  expect((await ask(admin, 'song', { p_song: '00000000-0000-4000-8000-000000000000' })).data).toBeNull()
})

describe('quarantine', () => {
  /** Two songs that a trigger of the house does not let be tagged, and one that is. */
  async function putTwoAside(): Promise<string[]> {
    const songs = await addSongs(database.sql, [['Grace'], ['Stuck'], ['Stuck too']])
    await database.sql`
      create function public.refuse_stuck() returns trigger language plpgsql set search_path = '' as $$
      begin
        if (select t.name from public.tags as t where t.id = new.tag_id) like 'Stuck%' then
          raise exception using errcode = '23514', message = 'Stuck is no tag.';
        end if;
        return new;
      end $$`
    await database.sql`
      create trigger refuse_stuck before insert on public.song_tags for each row execute function public.refuse_stuck()`
    return songs
  }
  const mend = () => database.sql`drop function if exists public.refuse_stuck() cascade`
  afterEach(mend)

  test('is left by songs of a run that stands still, and of no other', async () => {
    const [, stuck = ''] = await putTwoAside()
    await runnerFor(database).run()
    const { data: refused } = await ask(admin, 'release', await withRun({}))
    expect(refused).toMatchObject({ outcome: 'refused', run: { status: 'complete' } })
    await database.sql`update tag_migration.run set status = 'rolling_back', rollback_to_batch = 0`
    await database.sql`update tag_migration.run set status = 'paused'`
    const [run] = await database.sql`select id from tag_migration.run`
    const { data } = await ask(admin, 'release', { p_run: String(run?.id), p_song: stuck })
    expect(data).toEqual({ outcome: 'released', songs: 1 })
    expect(await database.sql`select count(*)::integer as n from tag_migration.quarantine`).toEqual([
      { n: 1 },
    ])
  })

  test('keeps the others when one song is tried again by a new run', async () => {
    const [, stuck = '', other] = await putTwoAside()
    await runnerFor(database).run()
    await mend()
    await startRun(database)
    const [run] = await database.sql`select id, epoch from tag_migration.run where status = 'preparing'`
    const { data } = await database.serviceClient.rpc('tag_migration_keep_aside', {
      p_run: String(run?.id),
      p_epoch: Number(run?.epoch),
      p_song: stuck,
    })
    expect(data).toEqual({ outcome: 'kept-aside', songs: 1 })
    const result = await runnerFor(database, { unfinished: 'resume' }).run()
    expect(result).toMatchObject({ phase: 'complete', processedCount: 1 })
    expect(result.errors.map(({ songId }) => songId)).toEqual([other])
  })
})

/** Whatever a caller could leave behind. */
async function traces(): Promise<object> {
  const [row] = await database.sql`
    select (select jsonb_agg(r order by r.id) from tag_migration.run as r) as runs,
      (select count(*) from tag_migration.run_event) as events, (select count(*) from tag_migration.plan) as plans,
      (select count(*) from tag_migration.quarantine) as quarantine, (select count(*) from public.tags) as tags`
  return { ...row }
}
