import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addSongs, fetchAnd, runnerFor } from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { differencesOf, failed, tamper } from '../../../../scripts/testing/validationFixture.ts'
import { BatchSizer } from './batchSizer.ts'

let database: TestDatabase
let ids: string[]
const song = (index: number) => ids[index] ?? ''
const validate = (id: string | null = null) => runnerFor(database).validate(id)
const rollBack = (exact: boolean) =>
  runnerFor(database).rollbackManager.rollback(null, exact, {
    worker: 'test',
    sizer: new BatchSizer(100, 30),
  })

const LIVE_CHECK = "every song's links and state follow its themes"
const USAGE_CHECK = 'usage counts equal the links'

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

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
      database.sql,
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
    expect(result.checks.filter((check) => !check.ok).map((check) => check.name)).toEqual([
      LIVE_CHECK,
      USAGE_CHECK,
    ])
    const { data } = await database.serviceClient.rpc('tag_migration_run')
    expect(data).toMatchObject({ status: 'failed', certificate: null, failure: { code: 'validation' } })

    await tamper(
      database.sql,
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
    database.sql`select song_id, themes, names, forgotten_at is not null as forgotten from tag_migration.journal order by song_id`
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
    expect(rows.get(song(0))).toMatchObject({ themes: null, names: [], forgotten: true })
    expect(rows.get(song(1))).toMatchObject({ names: ['mercy'], forgotten: false })
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
