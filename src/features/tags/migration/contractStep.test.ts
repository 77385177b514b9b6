import type { ReservedSql } from 'postgres'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  addSongs,
  fetchAnd,
  runnerFor,
  type Themes,
  tagsBySong,
  themesBySong,
} from '../../../../scripts/testing/migrationFixture.ts'
import {
  planRollback,
  rollBack,
  sortedConflicts,
  tag,
  untag,
} from '../../../../scripts/testing/rollbackFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { contractState, dropThemes, restoreThemes } from './contractStep.ts'
import { createMigrationClient } from './migrationClient.ts'
import { MigrationDatabase } from './migrationDatabase.ts'

let database: TestDatabase
const people: ReservedSql[] = []
beforeEach(async () => {
  database = await createTestDatabase({ announcesDdl: true })
})
afterEach(async () => {
  for (const person of people.splice(0)) {
    await person`rollback`
    person.release()
  }
  await database.drop()
})

const engine = (through: typeof fetch = database.fetch, retries = 3) =>
  new MigrationDatabase(createMigrationClient(database.apiUrl, database.secretKey, through), {
    maxRetries: retries,
    delayMs: 1,
    sleep: () => Promise.resolve(),
    random: () => 0,
    onRetry: () => undefined,
  })
const drop = (through?: typeof fetch, options = {}) =>
  dropThemes(engine(through), 0, { worker: 'test', ...options })
const phase = async () => (await database.sql`select phase from tag_migration.contract`)[0]?.phase
const columns = async () =>
  (
    await database.sql`
      select column_name as name from information_schema.columns
      where table_schema = 'public' and table_name = 'songs' order by column_name`
  ).map((row) => row.name)

/** Everything the contract step asks for but a person's word. */
async function meetRequirements(): Promise<void> {
  await database.serviceClient.rpc('tag_migration_record_rehearsal', {
    p_songs: 1,
    p_differing: 0,
    p_report: {},
    p_worker: 'test',
  })
  for (;;) {
    const { data } = await database.serviceClient.rpc('tag_migration_check_drift')
    if ((data as { isRoundComplete: boolean }).isRoundComplete) break
  }
}

async function migrated(songs: readonly Themes[]): Promise<string[]> {
  const ids = await addSongs(database.sql, songs)
  await runnerFor(database).run()
  await meetRequirements()
  return ids
}

const missing = async (quietDays: number) =>
  (await contractState(engine(), quietDays)).requirements.filter((one) => !one.ok)

describe('the contract step', () => {
  test('says what is missing, and does nothing until nothing is', async () => {
    expect((await missing(14)).map((one) => one.name)).toEqual([
      'a run stands complete, and none is under way',
      'the last round of drift checks is clean',
      'a rollback was rehearsed, without a difference',
      'no old client has written themes for 14 days',
    ])
    await migrated([['Grace'], ['Own theme']])
    expect(await missing(14)).toEqual([
      {
        name: 'no old client has written themes for 14 days',
        ok: false,
        advice: expect.stringMatching(/^They are counted since \d{4}-\d\d-\d\d \d\d:\d\d UTC\.$/),
      },
    ])
    await expect(dropThemes(engine(), 14, { worker: 'test' })).rejects.toMatchObject({
      code: 'not-ready',
      message: 'Not ready: no old client has written themes for 14 days.',
    })
    expect(await phase()).toBe('kept')
    await database.sql`update tag_migration.run set in_step_at = now() - interval '15 days'`
    expect(await missing(14)).toEqual([])

    // An old client turns up; a new one is none.
    const [song = ''] = await addSongs(database.sql, [null])
    await tag(database.sql, song, 'Easter')
    expect(await missing(14)).toEqual([])
    await database.sql`update public.songs set themes = '{Edited}' where id = ${song}`
    await addSongs(database.sql, [['Late']])
    expect(await missing(14)).toEqual([
      expect.objectContaining({ advice: expect.stringMatching(/^They wrote 2 songs, last on /) }),
    ])
    await database.sql`update tag_migration.old_client_write set day = day - 15`
    expect(await missing(14)).toEqual([])
  })

  test('a rehearsal with a difference, and a round of drift, stand in its way', async () => {
    await migrated([['Grace']])
    await database.sql`insert into tag_migration.rehearsal (songs, differing, report, worker) values (1, 1, '{}', '')`
    expect((await missing(0)).map((one) => one.advice)).toEqual([
      'Rehearse with npm run migrate -- --rehearse.',
    ])
    await database.sql`
      insert into tag_migration.drift_check (round, songs, unsynced, differing, tags, tags_differing, is_clean)
      values (1000, 1, 0, 1, 0, 0, false)`
    expect(await missing(0)).toHaveLength(2)
  })

  test('archives every array to the byte, what is written meanwhile too, and drops the column', async () => {
    const songs: Themes[] = [null, [], [null], ['b', 'a', 'b', ' b '], ['Grace/Mercy', 'Own theme']]
    const ids = await migrated(songs)
    const before = await themesBySong(database.sql)
    const [held = ''] = ids
    // Written between the archive and the drop.
    let written: Promise<unknown> | undefined
    await drop(
      fetchAnd(database, 'tag_migration_finalize', (answers) => {
        if (answers === 2) written ??= tag(database.sql, held, 'Easter')
        return written
      }),
    )
    expect(await columns()).not.toContain('themes')
    const archive = await database.sql<{ song_id: string; themes: string | null }[]>`
      select song_id, themes::text as themes from tag_migration.archive order by song_id`
    expect(new Map(archive.map((row) => [row.song_id, row.themes]))).toEqual(
      new Map([...before, [held, '{Easter}']]),
    )
    // Done already.
    await drop()
    expect((await runnerFor(database).validate()).checks.filter((check) => !check.ok)).toEqual([])
    expect((await runnerFor(database).run()).phase).toBe('nothing-to-do')
  })

  test('people go on working without the column, and validation stays clean', async () => {
    const [song = '', other = ''] = await migrated([['Grace', 'Hope'], ['Mercy']])
    await drop()
    const version = async () =>
      (await database.sql<{ version: number }[]>`select version from public.songs where id = ${song}`)[0]
        ?.version ?? 0
    const was = await version()
    await tag(database.sql, song, 'Easter')
    await untag(database.sql, song, 'Grace')
    expect(await version()).toBe(was + 2)
    await database.sql`update public.songs set title = 'Another' where id = ${other}`
    await database.sql`insert into public.songs (title) values ('New')`
    const [added] = await database.sql<{ id: string }[]>`select id from public.songs where title = 'New'`
    await tag(database.sql, added?.id ?? '', 'Joy')
    await database.sql`delete from public.songs where id = ${other}`
    await database.serviceClient.rpc('tag_migration_forget_song', { p_song: other })
    expect(await database.sql`select song_id from tag_migration.archive`).toEqual([{ song_id: song }])
    // Out of a backup, under its old id.
    await database.sql`insert into public.songs (id, title) values (${other}, 'Back')`
    await tag(database.sql, other, 'Joy')
    expect((await tagsBySong(database.sql)).get(other)).toEqual(['Joy'])
    expect((await tagsBySong(database.sql)).get(song)).toEqual(['Easter', 'Hope'])
    const [state] = await database.sql`
      select seen from tag_migration.song_state where song_id = ${song}`
    expect(state?.seen).toEqual(['Hope', 'Easter'])
    expect((await runnerFor(database).validate()).checks.filter((check) => !check.ok)).toEqual([])
  })

  test('clients that ask for the column are told that it is gone, and edit through the same functions', async () => {
    const [song = ''] = await migrated([['Grace']])
    const { client, id } = await database.signUp()
    await database.sql`insert into public.user_roles (user_id, role) values (${id}, 'editor')`
    await drop()
    expect((await client.from('songs').select('id, title').eq('id', song)).error).toBeNull()
    // What the song page takes for "no longer kept".
    expect((await client.from('songs').select('themes').eq('id', song)).error).toMatchObject({
      code: '42703',
    })
    const [easter] = await database.sql<{ id: string }[]>`select id from public.tags where name = 'Easter'`
    const tagged = await client.rpc('tag_song', { p_song: song, p_tags: [easter?.id ?? ''] })
    expect(tagged.error).toBeNull()
    const { version } = tagged.data as { version: number }
    const saved = await client.rpc('save_song', {
      p_song: song,
      p_version: version,
      p_changes: { title: 'Another' },
    })
    expect(saved.error).toBeNull()
    expect(saved.data).toMatchObject({ version: version + 1, tags: [{ name: 'Grace' }, { name: 'Easter' }] })
    expect((await tagsBySong(database.sql)).get(song)).toEqual(['Easter', 'Grace'])
  })

  test('waits for the writers, gives up resumably, and goes on where it stopped', async () => {
    const [song = ''] = await migrated([['Grace'], ['Mercy']])
    const person = await database.sql.reserve()
    people.push(person)
    await person`begin`
    await person`update public.songs set title = 'Held' where id = ${song}`
    await expect(drop()).rejects.toMatchObject({ code: 'songs-held' })
    expect(await phase()).toBe('kept')
    await person`commit`
    const stop = new AbortController()
    await expect(
      drop(
        fetchAnd(database, 'tag_migration_finalize', () => stop.abort()),
        { signal: stop.signal },
      ),
    ).rejects.toMatchObject({ code: 'stopped' })
    expect(await phase()).toBe('archiving')
    await drop()
    expect(await phase()).toBe('dropped')
  })

  test('something that needs the column keeps it, and the archive with it', async () => {
    await migrated([['Grace']])
    await database.sql`create view public.themed as select id, themes from public.songs`
    await expect(drop()).rejects.toMatchObject({
      message: expect.stringContaining('Something of yours still needs songs.themes.'),
    })
    expect(await phase()).toBe('archived')
    await database.sql`drop view public.themed`
    await drop()
    expect(await phase()).toBe('dropped')
  })

  test('an abandoned one is forgotten by a rollback', async () => {
    await migrated([['Grace']])
    const stop = new AbortController()
    const stopping = fetchAnd(database, 'tag_migration_finalize', () => stop.abort())
    await expect(drop(stopping, { signal: stop.signal })).rejects.toMatchObject({ code: 'stopped' })
    expect(await rollBack(database)).toMatchObject({ phase: 'rolled-back' })
    expect(await phase()).toBe('kept')
    expect(await database.sql`select from tag_migration.archive`).toEqual([])
  })
})

describe('back over the contract step', () => {
  const SONGS: Themes[] = [null, [], [null, 'Grace'], ['b', 'a', 'b'], ['Own theme']]

  test.each([false, true])('nothing is lost (exact: %s)', async (exact) => {
    const ids = await migrated(SONGS)
    const before = await themesBySong(database.sql)
    const grants = () => database.sql`
      select privilege_type, grantee from information_schema.column_privileges
      where table_name = 'songs' and column_name = 'themes' order by 1, 2`
    const triggers = () => database.sql`
      select tgname, tgenabled, pg_get_triggerdef(oid) as definition from pg_catalog.pg_trigger
      where tgrelid in ('public.songs'::regclass, 'public.song_tags'::regclass) and not tgisinternal order by 1`
    const granted = await grants()
    const triggered = await triggers()
    await drop()
    const own = ids[4] ?? ''
    await tag(database.sql, own, 'Easter')
    const versions = () => database.sql`select id, version from public.songs order by id`
    const was = await versions()

    const plan = await planRollback(database, { exact })
    const back = await rollBack(database, { exact })
    expect(back).toMatchObject({ phase: 'rolled-back', restoredCount: 5 })
    expect(sortedConflicts(plan.conflicts)).toEqual(sortedConflicts(back.conflicts))
    const after = await themesBySong(database.sql)
    if (exact) {
      expect(after).toEqual(before)
      expect(back.conflicts).toContainEqual({
        kind: 'themes-overwritten',
        songId: own,
        found: ['Own theme', 'Easter'],
        restored: ['Own theme'],
      })
      expect((await tagsBySong(database.sql)).size).toBe(0)
    } else {
      expect(after).toEqual(new Map([...before, [own, '{"Own theme",Easter}']]))
      expect(await tagsBySong(database.sql)).toEqual(new Map([[own, ['Easter']]]))
      // Putting the column back changed no version: nobody's open form conflicts.
      expect(await versions()).toEqual(was)
    }
    expect(await grants()).toEqual(granted)
    expect(await triggers()).toEqual(triggered)
    expect((await runnerFor(database).run()).phase).toBe('complete')
  })

  test('only in part: the column is back, and the songs that stay are in step', async () => {
    await migrated(SONGS)
    await drop()
    await rollBack(database, { to: { time: '2000-01-01T00:00:00Z' } })
    expect(await columns()).toContain('themes')
    expect(await runnerFor(database).run()).toMatchObject({ phase: 'complete' })
  })

  test('people who tag while the column returns lose nothing, and a session that dies is gone on with', async () => {
    const ids = await migrated(SONGS)
    await drop()
    const song = ids[1] ?? ''
    let calls = 0
    const dying: typeof fetch = async (input, init) => {
      calls += 1
      if (calls > 2) throw new TypeError('The process is gone.')
      return database.fetch(input, init)
    }
    await expect(restoreThemes(engine(dying, 0), { worker: 'test' })).rejects.toMatchObject({
      code: 'unreachable',
    })
    expect(await phase()).toBe('returning')
    await tag(database.sql, song, 'Easter')
    await restoreThemes(engine(), { worker: 'test' })
    expect((await themesBySong(database.sql)).get(song)).toBe('{Easter}')
    await database.sql`update public.songs set themes = '{Hope}' where id = ${song}`
    expect((await tagsBySong(database.sql)).get(song)).toEqual(['Hope'])
    expect((await runnerFor(database).validate()).checks.filter((check) => !check.ok)).toEqual([])
  })
})
