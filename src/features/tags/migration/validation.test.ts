import type { TransactionSql } from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  addSongs,
  addUnsyncedSongs,
  fetchAnd,
  runnerFor,
  type Themes,
} from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { BatchSizer } from './batchSizer.ts'
import type { ValidationReport } from './types.ts'

const SONGS: Themes[] = [
  ['Grace', null, 'Xmas'],
  ['Mercy', 'mercy'],
  ['Own theme'],
  null,
  [],
  ...Array.from({ length: 20 }, (): Themes => ['Hope']),
]
/** What a batch writes and a tamperer may change. */
const TABLES = [
  'public.songs',
  'public.song_tags',
  'tag_migration.run',
  'tag_migration.batch',
  'tag_migration.journal',
  'tag_migration.song_state',
  'tag_migration.quarantine',
]

let database: TestDatabase
let ids: string[]
let runId: string
const song = (index: number) => ids[index] ?? ''
const validate = (id: string | null = null) => runnerFor(database).validate(id)
const rollBack = (exact: boolean) =>
  runnerFor(database).rollbackManager.rollback(null, exact, {
    worker: 'test',
    sizer: new BatchSizer(100, 30),
  })

/** Changes what triggers, foreign keys and the engine would not let anybody change, or would write down. */
async function tamper(change: (sql: TransactionSql) => PromiseLike<unknown>): Promise<void> {
  await database.sql.begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    await change(sql)
  })
}

const failed = (report: ValidationReport) =>
  report.checks.filter((check) => !check.ok).map(({ name, critical }) => ({ name, critical }))
const differencesOf = (report: ValidationReport, name: string) =>
  report.checks.find((check) => check.name === name)?.differences

const SONGS_CHECK = 'every song matches its before-image, links and state'
const BATCHES_CHECK = 'batch checksums match the journal'
const USAGE_CHECK = 'usage counts equal the links'
const CERTIFICATE_CHECK = 'certificate is the one that was issued'
const COVERAGE_CHECK = 'every song is migrated'

const sound = {
  songExists: true,
  edited: false,
  stateMatches: true,
  themesAccountedFor: true,
  linksMatch: true,
  lineMatches: true,
}

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

describe('validating a finished run', () => {
  beforeAll(async () => {
    ids = await addSongs(database.sql, SONGS)
    await database.sql`
      insert into public.song_tags (song_id, tag_id) select ${song(1)}, id from public.tags where name = 'Advent'`
    const result = await runnerFor(database, { batchSize: 10 }).run()
    runId = result.runId ?? ''
    await database.sql`create schema kept`
    for (const table of TABLES) {
      await database.sql.unsafe(`create table kept.${table.replace('.', '_')} as table ${table}`)
    }
  })
  afterEach(() =>
    tamper(async (sql) => {
      for (const table of TABLES) {
        await sql.unsafe(`delete from ${table}; insert into ${table} table kept.${table.replace('.', '_')}`)
      }
      await sql`update public.tags as t set usage_count = (select count(*) from public.song_tags as l where l.tag_id = t.id)`
    }),
  )
  afterAll(async () => {
    await database.sql.unsafe('drop schema kept cascade; truncate public.songs cascade')
    await database.sql`truncate tag_migration.run, tag_migration.journal, tag_migration.song_state cascade`
    await database.sql`delete from public.tags where not is_standard`
    await database.sql`update public.tags set usage_count = 0`
  })

  test('finds everything in order and gives the certificate of the run', async () => {
    const report = await validate()
    const [run] = await database.sql`select certificate from tag_migration.run`
    expect(report).toMatchObject({ valid: true, runId, certificate: run?.certificate })
    expect(failed(report)).toEqual([])
    expect(report.checks.map(({ name, critical }) => ({ name, critical }))).toEqual([
      { name: COVERAGE_CHECK, critical: true },
      { name: 'no song is in quarantine', critical: false },
      { name: SONGS_CHECK, critical: true },
      { name: USAGE_CHECK, critical: true },
      { name: BATCHES_CHECK, critical: true },
      { name: CERTIFICATE_CHECK, critical: true },
    ])
  })

  test.each<[string, (sql: TransactionSql) => PromiseLike<unknown>, number, object]>([
    [
      'a link that was removed',
      (sql) =>
        sql`delete from public.song_tags where song_id = ${song(0)} and tag_id = (select id from public.tags where name = 'Grace')`,
      0,
      { ...sound, linksMatch: false, lineMatches: false },
    ],
    [
      'a link that was added',
      (sql) =>
        sql`insert into public.song_tags (song_id, tag_id) select ${song(0)}, id from public.tags where name = 'Easter'`,
      0,
      { ...sound, linksMatch: false, lineMatches: false },
    ],
    [
      'a link that was exchanged for another',
      (sql) =>
        sql`update public.song_tags set tag_id = (select id from public.tags where name = 'Easter')
          where song_id = ${song(0)} and tag_id = (select id from public.tags where name = 'Grace')`,
      0,
      { ...sound, linksMatch: false, lineMatches: false },
    ],
    [
      'themes that were changed behind it',
      (sql) => sql`update public.songs set themes = '{Grace,Easter}' where id = ${song(0)}`,
      0,
      { ...sound, edited: true, stateMatches: false },
    ],
    [
      'NULL turned into an empty array',
      (sql) => sql`update public.songs set themes = '{}' where id = ${song(3)}`,
      3,
      { ...sound, edited: true, stateMatches: false },
    ],
    [
      'a state whose yields were changed',
      (sql) =>
        sql`update tag_migration.song_state set yields = array(select id from public.tags where name in ('Grace', 'Easter'))
          where song_id = ${song(0)}`,
      0,
      { ...sound, themesAccountedFor: false, linksMatch: false },
    ],
    [
      'a state whose yields changed places',
      (sql) =>
        sql`update tag_migration.song_state set yield_positions = array[yield_positions[2], yield_positions[1]]
          where song_id = ${song(0)}`,
      0,
      { ...sound, themesAccountedFor: false },
    ],
    [
      'a state that has seen other themes',
      (sql) => sql`update tag_migration.song_state set seen = '{Grace}' where song_id = ${song(0)}`,
      0,
      { ...sound, stateMatches: false },
    ],
    [
      'a state that has forgotten the link from before',
      (sql) => sql`update tag_migration.song_state set extra = '{}' where song_id = ${song(1)}`,
      1,
      { ...sound, linksMatch: false },
    ],
    [
      'a before-image that was changed',
      (sql) => sql`update tag_migration.journal set themes = '{Changed}' where song_id = ${song(0)}`,
      0,
      { ...sound, edited: true, lineMatches: false },
    ],
    [
      'a before-image that was changed from NULL to an empty array',
      (sql) => sql`update tag_migration.journal set themes = '{}' where song_id = ${song(3)}`,
      3,
      { ...sound, edited: true, lineMatches: false },
    ],
    [
      'themes and state that were changed together, but not the links',
      async (sql) => {
        await sql`update public.songs set themes = '{Easter}' where id = ${song(0)}`
        await sql`
          update tag_migration.song_state
          set seen = '{Easter}', yields = array(select id from public.tags where name = 'Easter'), yield_positions = '{1}'
          where song_id = ${song(0)}`
      },
      0,
      { ...sound, edited: true, linksMatch: false },
    ],
  ])('finds %s and names the song', async (_, change, index, difference) => {
    await tamper(change)
    const report = await validate()
    expect(report.valid).toBe(false)
    expect(failed(report)).toContainEqual({ name: SONGS_CHECK, critical: true })
    expect(differencesOf(report, SONGS_CHECK)).toEqual([{ songId: song(index), ...difference }])
  })

  test('finds a state that is missing: the song counts as not migrated', async () => {
    await tamper((sql) => sql`delete from tag_migration.song_state where song_id = ${song(0)}`)
    const report = await validate()
    expect(failed(report)).toEqual([
      { name: COVERAGE_CHECK, critical: true },
      { name: SONGS_CHECK, critical: true },
    ])
    expect(differencesOf(report, SONGS_CHECK)).toEqual([
      expect.objectContaining({ songId: song(0), stateMatches: false }),
    ])
  })

  test('finds a song that vanished without anybody writing it down', async () => {
    // The second one had no themes, which is just what is left of it.
    await tamper((sql) => sql`delete from public.songs where id in (${song(0)}, ${song(3)})`)
    const report = await validate()
    expect(report.valid).toBe(false)
    expect(differencesOf(report, SONGS_CHECK)).toEqual(
      [song(0), song(3)].sort().map((songId) => expect.objectContaining({ songId, songExists: false })),
    )
  })

  test('finds a song that came since, and says that it is not migrated', async () => {
    await addUnsyncedSongs(database.sql, [['Grace']])
    const report = await validate()
    expect(report.valid).toBe(false)
    expect(failed(report)).toEqual([{ name: COVERAGE_CHECK, critical: true }])
  })

  test('has nothing against a song that was deleted in the usual way', async () => {
    await database.sql`delete from public.songs where id = ${song(0)}`
    const report = await validate()
    expect(report.valid).toBe(true)
    expect(failed(report)).toEqual([])
    // The songs are others than those that were certified.
    expect(report.checks.map((check) => check.name)).not.toContain(CERTIFICATE_CHECK)
  })

  test('finds a line hash that was changed, in the song and in its batch', async () => {
    await tamper(
      (sql) => sql`update tag_migration.journal set line_hash = sha256('') where song_id = ${song(0)}`,
    )
    const report = await validate()
    expect(failed(report)).toEqual([
      { name: SONGS_CHECK, critical: true },
      { name: BATCHES_CHECK, critical: true },
    ])
    const [row] =
      await database.sql`select batch::integer from tag_migration.journal where song_id = ${song(0)}`
    expect(differencesOf(report, BATCHES_CHECK)).toEqual([row?.batch])
  })

  test.each<[string, (sql: TransactionSql) => PromiseLike<unknown>]>([
    ['a checksum that was changed', (sql) => sql`update tag_migration.batch set checksum = sha256('')`],
    ['a number of songs that was changed', (sql) => sql`update tag_migration.batch set songs = songs + 1`],
    [
      'journal rows that are missing',
      (sql) => sql`delete from tag_migration.journal where song_id = ${song(0)}`,
    ],
    [
      'a journal row that moved to another batch',
      (sql) => sql`update tag_migration.journal set batch = -1 where song_id = ${song(0)}`,
    ],
  ])('finds %s by the checksums of the batches', async (_, change) => {
    await tamper(change)
    const report = await validate()
    expect(report.valid).toBe(false)
    expect(failed(report)).toContainEqual({ name: BATCHES_CHECK, critical: true })
    expect(differencesOf(report, BATCHES_CHECK)?.length).toBeGreaterThan(0)
  })

  test('finds a usage count that is wrong and names the tag', async () => {
    await tamper((sql) => sql`update public.tags set usage_count = usage_count + 1 where name = 'Grace'`)
    const report = await validate()
    expect(failed(report)).toEqual([{ name: USAGE_CHECK, critical: true }])
    expect(differencesOf(report, USAGE_CHECK)).toEqual([{ tag: 'Grace', usageCount: 2, links: 1 }])
  })

  test('finds a tag whose name is not in the table of names', async () => {
    const [name] =
      await database.sql`delete from public.tag_names where normalized_name = 'grace' returning *`
    const report = await validate()
    await database.sql`insert into public.tag_names ${database.sql(name ?? {})}`
    expect(failed(report)).toEqual([{ name: USAGE_CHECK, critical: true }])
    expect(differencesOf(report, USAGE_CHECK)).toEqual([expect.objectContaining({ tag: 'Grace' })])
  })

  test('finds a certificate that is not the one of these songs', async () => {
    await tamper((sql) => sql`update tag_migration.run set certificate = ${'0'.repeat(64)}`)
    expect(failed(await validate())).toEqual([{ name: CERTIFICATE_CHECK, critical: true }])
  })

  test('counts songs in quarantine without failing for them', async () => {
    await tamper(async (sql) => {
      await sql`delete from tag_migration.song_state where song_id = ${song(3)}`
      await sql`delete from tag_migration.journal where song_id = ${song(3)}`
      await sql`
        insert into tag_migration.quarantine (run_id, song_id, sqlstate, message, attempts)
        values (${runId}, ${song(3)}, '22023', 'Refused', 1)`
    })
    const report = await validate()
    expect(failed(report)).toContainEqual({ name: 'no song is in quarantine', critical: false })
    expect(failed(report)).not.toContainEqual({ name: COVERAGE_CHECK, critical: true })
  })

  test('takes an edit by a person that the state knows for what it is', async () => {
    await tamper(async (sql) => {
      await sql`update public.songs set themes = '{Hope}' where id = ${song(0)}`
      await sql`
        update tag_migration.song_state
        set seen = '{Hope}', yields = array(select id from public.tags where name = 'Hope'), yield_positions = '{1}'
        where song_id = ${song(0)}`
      await sql`delete from public.song_tags where song_id = ${song(0)}`
      await sql`insert into public.song_tags (song_id, tag_id) select ${song(0)}, id from public.tags where name = 'Hope'`
      await sql`update public.tags as t set usage_count = (select count(*) from public.song_tags as l where l.tag_id = t.id)`
    })
    const report = await validate()
    expect(failed(report)).toEqual([])
    expect(report.checks.map((check) => check.name)).not.toContain(CERTIFICATE_CHECK)
  })

  test('knows no run by an id that was made up', async () => {
    await expect(validate('00000000-0000-4000-8000-000000000000')).rejects.toMatchObject({
      code: 'unknown-run',
    })
  })
})

describe('without a run, and after one', () => {
  beforeEach(async () => {
    ids = await addSongs(database.sql, [['Grace'], ['Mercy', null], null])
  })
  afterEach(async () => {
    await database.sql`truncate public.songs cascade`
    await database.sql`truncate tag_migration.run, tag_migration.journal, tag_migration.song_state cascade`
    await database.sql`delete from public.tags where not is_standard`
    await database.sql`update public.tags set usage_count = 0`
  })

  test('before the first run only the themes are looked at', async () => {
    const report = await validate()
    expect(report).toMatchObject({ valid: true, runId: null, certificate: null })
    expect(report.checks).toHaveLength(1)
  })

  test('a theme that is a text is reported and does not fail the validation', async () => {
    await addSongs(database.sql, [['A whole sermon. '.repeat(100)]])
    const report = await validate()
    expect(report.valid).toBe(true)
    expect(report.checks).toEqual([
      expect.objectContaining({ name: 'themes are names, not texts', critical: false, actual: 1, ok: false }),
    ])
    expect(report.checks[0]?.differences).toEqual(['A whole sermon. '.repeat(5)])
  })

  test.each([true, false])(
    'after a rollback (exact: %s) links and themes are what is checked',
    async (exact) => {
      await runnerFor(database).run()
      await rollBack(exact)
      const report = await validate()
      expect(report).toMatchObject({ valid: true, certificate: null })
      expect(report.checks.map(({ name, critical }) => ({ name, critical }))).toEqual([
        { name: 'links and state of the run are gone', critical: true },
        { name: 'themes equal their before-image', critical: exact },
        { name: USAGE_CHECK, critical: true },
      ])

      await database.sql`update public.songs set themes = '{Edited}' where id = ${song(0)}`
      const edited = await validate()
      expect(edited.valid).toBe(!exact)
      expect(differencesOf(edited, 'themes equal their before-image')).toEqual([song(0)])
    },
  )

  test('a link that a rollback left behind is found', async () => {
    await runnerFor(database).run()
    await rollBack(true)
    await tamper(
      (sql) => sql`
        insert into public.song_tags (song_id, tag_id)
        select ${song(0)}, id from public.tags where name = 'Grace'`,
    )
    const report = await validate()
    expect(report.valid).toBe(false)
    expect(failed(report)).toContainEqual({ name: 'links and state of the run are gone', critical: true })
    expect(differencesOf(report, 'links and state of the run are gone')).toEqual([song(0)])
  })

  test('a run that was rolled back stays sound when the songs are migrated again', async () => {
    const first = await runnerFor(database).run()
    await rollBack(true)
    await runnerFor(database).run()
    expect(failed(await validate(first.runId))).toEqual([])
  })

  test('a run whose last check fails says which and can be taken up when it is mended', async () => {
    await database.sql.unsafe(`
      create function public.tamper() returns trigger language plpgsql security definer as $$
      begin
        if new.status = 'validating' then
          -- As a fault would: what a person removes goes from the themes, too.
          perform set_config('tag_migration.engine', 'on', true);
          delete from public.song_tags where song_id = '${song(0)}';
        end if;
        return new;
      end $$;
      create trigger tamper before update on tag_migration.run for each row execute function public.tamper()`)
    const result = await runnerFor(database).run()
    await database.sql.unsafe('drop trigger tamper on tag_migration.run; drop function public.tamper()')
    expect(result.phase).toBe('failed')
    expect(result.checks.filter((check) => !check.ok).map((check) => check.name)).toEqual([SONGS_CHECK])
    const { data } = await database.serviceClient.rpc('tag_migration_run')
    expect(data).toMatchObject({ status: 'failed', certificate: null, failure: { code: 'validation' } })

    await tamper(
      (sql) =>
        sql`insert into public.song_tags (song_id, tag_id) select ${song(0)}, id from public.tags where name = 'Grace'`,
    )
    expect(await runnerFor(database).run()).toMatchObject({ phase: 'complete' })
  })

  test('a run may end without a validation and then has no certificate', async () => {
    const result = await runnerFor(database, { validateChecksum: false }).run()
    expect(result).toMatchObject({ phase: 'complete', certificate: null, checks: [] })
    expect(failed(await validate())).toEqual([])
  })
})

describe('retention', () => {
  const journal = () =>
    database.sql`select song_id, themes, forgotten_at is not null as forgotten from tag_migration.journal order by song_id`
  const forget = (id: string) => database.serviceClient.rpc('tag_migration_forget_song', { p_song: id })
  const prune = (retention: string, limit?: number) =>
    database.serviceClient.rpc('tag_migration_prune', {
      p_retention: retention,
      ...(limit === undefined ? {} : { p_limit: limit }),
    })

  let certified: string | null

  beforeEach(async () => {
    ids = await addSongs(database.sql, [['Grace'], ['Mercy', null]])
    certified = (await runnerFor(database).run()).certificate
  })
  afterEach(async () => {
    await database.sql`truncate public.songs cascade`
    await database.sql`truncate tag_migration.run, tag_migration.journal, tag_migration.song_state cascade`
    await database.sql`update public.tags set usage_count = 0`
  })

  test('the before-image of a song that can still go back is not forgotten', async () => {
    expect((await forget(song(0))).data).toBe(0)
    expect((await journal()).every((row) => !row.forgotten)).toBe(true)
  })

  test('the before-image of a deleted song is erased, once, and no other', async () => {
    await database.sql`delete from public.songs where id = ${song(0)}`
    expect((await forget(song(0))).data).toBe(1)
    expect((await forget(song(0))).data).toBe(0)
    const rows = new Map((await journal()).map((row) => [row.song_id, row]))
    expect(rows.get(song(0))).toMatchObject({ themes: null, forgotten: true })
    expect(rows.get(song(1))).toMatchObject({ forgotten: false })
    expect(failed(await validate())).toEqual([])
  })

  test('a song forgotten after a rollback does not look as if it had been restored wrongly', async () => {
    await rollBack(true)
    expect((await forget(song(0))).data).toBe(1)
    const report = await validate()
    expect(report.valid).toBe(true)
    expect(failed(report)).toEqual([])
  })

  test('before-images within the retention time are kept', async () => {
    expect((await prune('180 days')).data).toBe(0)
    expect(await journal()).toHaveLength(2)
  })

  test('before-images of runs that ended are dropped some a call, those of a run at work never', async () => {
    await database.sql`update tag_migration.run set finished_at = now() - interval '200 days'`
    expect((await prune('180 days', 1)).data).toBe(1)
    expect((await prune('180 days')).data).toBe(1)
    expect((await prune('180 days')).data).toBe(0)
    expect(await journal()).toHaveLength(0)

    await database.sql`truncate tag_migration.run, tag_migration.song_state cascade`
    const stop = new AbortController()
    const stopping = fetchAnd(database, 'tag_migration_batch', () => stop.abort())
    expect(await runnerFor(database, { signal: stop.signal }, stopping).run()).toMatchObject({
      phase: 'paused',
      processedCount: 2,
    })
    expect((await prune('-1 days')).data).toBe(0)
  })

  test('before-images of a run that is being taken back are kept', async () => {
    await database.sql`
      update tag_migration.run set finished_at = now() - interval '200 days', status = 'rolling_back', exact_rollback = true`
    expect((await prune('180 days')).data).toBe(0)
    expect((await rollBack(true)).restoredCount).toBe(2)
  })

  test('a run whose before-images were dropped is not called tampered with, and is not rolled back in part', async () => {
    await database.sql`update tag_migration.run set finished_at = now() - interval '200 days'`
    await prune('180 days')
    const report = await validate()
    expect(report).toMatchObject({ valid: true, certificate: certified })
    expect(failed(report)).toEqual([])
    await expect(runnerFor(database).rollbackManager.plan(null, true)).rejects.toMatchObject({
      code: 'before-images-gone',
    })
    await expect(rollBack(true)).rejects.toMatchObject({ code: 'before-images-gone' })
    expect(await database.sql`select from tag_migration.song_state`).toHaveLength(2)
  })
})
