import type { TransactionSql } from 'postgres'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { addSongs, runnerFor, type Themes } from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { differencesOf, failed, KeptTables, tamper } from '../../../../scripts/testing/validationFixture.ts'

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

const COVERAGE_CHECK = 'every song is migrated'
const LIVE_CHECK = "every song's links and state follow its themes"
const RECORD_CHECK = 'every before-image matches its line, plan and song'
const USAGE_CHECK = 'usage counts equal the links'
const BATCHES_CHECK = 'batch checksums match the journal'
const CERTIFICATE_CHECK = 'certificate is the one that was issued'

let database: TestDatabase
let kept: KeptTables
let ids: string[]
let runId: string
const song = (index: number) => ids[index] ?? ''
const validate = (id: string | null = null) => runnerFor(database).validate(id)
const tag = (sql: TransactionSql, ...names: string[]) =>
  sql`array(select id from public.tags where name = any (${names}) order by name)`

beforeAll(async () => {
  database = await createTestDatabase()
  ids = await addSongs(database.sql, SONGS)
  await database.sql`
    insert into public.song_tags (song_id, tag_id) select ${song(1)}, id from public.tags where name = 'Advent'`
  const result = await runnerFor(database, { batchSize: 10 }).run()
  runId = result.runId ?? ''
  kept = new KeptTables(database.sql, TABLES)
  await kept.keep()
})
afterEach(async () => {
  await kept.restore()
  await tamper(
    database.sql,
    (sql) =>
      sql`update public.tags as t set usage_count = (select count(*) from public.song_tags as l where l.tag_id = t.id)`,
  )
})
afterAll(() => database.drop())

test('an untouched run is in order and has the certificate that it was given', async () => {
  const report = await validate()
  const [run] = await database.sql`select certificate from tag_migration.run`
  expect(report).toMatchObject({ valid: true, runId, certificate: run?.certificate, notes: [] })
  expect(failed(report)).toEqual([])
  expect(report.checks.map(({ name, critical }) => ({ name, critical }))).toEqual([
    { name: COVERAGE_CHECK, critical: true },
    { name: 'no song is in quarantine', critical: false },
    { name: LIVE_CHECK, critical: true },
    { name: RECORD_CHECK, critical: true },
    { name: USAGE_CHECK, critical: true },
    { name: BATCHES_CHECK, critical: true },
    { name: CERTIFICATE_CHECK, critical: true },
  ])
})

type Change = (sql: TransactionSql) => PromiseLike<unknown>
interface Finding {
  /** The place of the song that must be named. */
  at: number
  live?: object
  record?: object
}

describe('a song as it is now: validation names it for', () => {
  test.each<[string, Change, Finding]>([
    [
      'a link that was removed',
      (sql) =>
        sql`delete from public.song_tags where song_id = ${song(0)} and tag_id = any (${tag(sql, 'Grace')})`,
      { at: 0, live: { linksMatch: false } },
    ],
    [
      'a link that was added',
      (sql) =>
        sql`insert into public.song_tags (song_id, tag_id) select ${song(0)}, unnest(${tag(sql, 'Easter')})`,
      { at: 0, live: { linksMatch: false } },
    ],
    [
      'a link that was exchanged for another',
      (sql) =>
        sql`update public.song_tags set tag_id = (${tag(sql, 'Easter')})[1]
          where song_id = ${song(0)} and tag_id = any (${tag(sql, 'Grace')})`,
      { at: 0, live: { linksMatch: false } },
    ],
    [
      'a link to a tag that is merged into the one it should lead to',
      async (sql) => {
        await sql`update public.tags set merged_into = (${tag(sql, 'Easter')})[1] where name = 'Grace'`
      },
      { at: 0, live: { linksMatch: false } },
    ],
    [
      'themes that were changed behind it',
      (sql) => sql`update public.songs set themes = '{Grace,Easter}' where id = ${song(0)}`,
      { at: 0, live: { stateMatches: false } },
    ],
    [
      'NULL turned into an empty array',
      (sql) => sql`update public.songs set themes = '{}' where id = ${song(3)}`,
      { at: 3, live: { stateMatches: false } },
    ],
    [
      'a state whose yields were changed',
      (sql) =>
        sql`update tag_migration.song_state set yields = ${tag(sql, 'Grace', 'Easter')} where song_id = ${song(0)}`,
      { at: 0, live: { linksMatch: false }, record: { themesAccountedFor: false } },
    ],
    [
      'a state whose yields were changed together with the links',
      async (sql) => {
        await sql`update tag_migration.song_state set yields = ${tag(sql, 'Easter', 'Grace')} where song_id = ${song(0)}`
        await sql`delete from public.song_tags where song_id = ${song(0)}`
        await sql`insert into public.song_tags (song_id, tag_id) select ${song(0)}, unnest(${tag(sql, 'Grace', 'Easter')})`
      },
      { at: 0, record: { themesAccountedFor: false } },
    ],
    [
      'a state whose yields changed places',
      (sql) =>
        sql`update tag_migration.song_state set yield_positions = array[yield_positions[2], yield_positions[1]]
          where song_id = ${song(0)}`,
      { at: 0, record: { themesAccountedFor: false } },
    ],
    [
      'a state whose yields stand at a theme that is NULL',
      (sql) => sql`update tag_migration.song_state set yield_positions = '{1,2}' where song_id = ${song(0)}`,
      { at: 0, record: { themesAccountedFor: false } },
    ],
    [
      'a state that yields a tag for a NULL',
      (sql) => sql`
        update tag_migration.song_state set yields = yields || yields[1], yield_positions = yield_positions || 2::smallint
        where song_id = ${song(0)}`,
      { at: 0, record: { themesAccountedFor: false } },
    ],
    [
      'a state that has seen other themes',
      (sql) => sql`update tag_migration.song_state set seen = '{Grace}' where song_id = ${song(0)}`,
      { at: 0, live: { stateMatches: false } },
    ],
    [
      'a state that has forgotten the link from before',
      (sql) => sql`update tag_migration.song_state set extra = '{}' where song_id = ${song(1)}`,
      { at: 1, live: { linksMatch: false } },
    ],
    [
      'themes and state that were changed together, but not the links',
      async (sql) => {
        await sql`update public.songs set themes = '{Easter}' where id = ${song(0)}`
        await sql`
          update tag_migration.song_state set seen = '{Easter}', yields = ${tag(sql, 'Easter')}, yield_positions = '{1}'
          where song_id = ${song(0)}`
      },
      { at: 0, live: { linksMatch: false } },
    ],
  ])('%s', async (_, change, finding) => {
    await expectNamed(change, finding)
  })

  test('a state that is missing: it counts as not migrated', async () => {
    await tamper(database.sql, (sql) => sql`delete from tag_migration.song_state where song_id = ${song(0)}`)
    const report = await validate()
    expect(failed(report)).toEqual([
      { name: COVERAGE_CHECK, critical: true },
      { name: RECORD_CHECK, critical: true },
    ])
    expect(differencesOf(report, RECORD_CHECK)).toEqual([
      expect.objectContaining({ songId: song(0), stateExists: false }),
    ])
  })

  test('having vanished without anybody writing it down', async () => {
    // The second one had no themes, which is just what is left of it.
    await tamper(database.sql, (sql) => sql`delete from public.songs where id in (${song(0)}, ${song(3)})`)
    const report = await validate()
    expect(report.valid).toBe(false)
    expect(differencesOf(report, RECORD_CHECK)).toEqual(
      [song(0), song(3)].sort().map((songId) => expect.objectContaining({ songId, songExists: false })),
    )
  })

  test('having come behind the back of whatever keeps themes and tags in step', async () => {
    await tamper(
      database.sql,
      (sql) => sql`insert into public.songs (title, themes) values ('New', '{Grace}')`,
    )
    const report = await validate()
    expect(report.valid).toBe(false)
    expect(failed(report)).toEqual([{ name: COVERAGE_CHECK, critical: true }])
  })
})

describe('the record: validation names the song for', () => {
  test.each<[string, Change, Finding]>([
    [
      'a before-image that was changed',
      (sql) => sql`update tag_migration.journal set themes = '{Changed}' where song_id = ${song(0)}`,
      { at: 0, record: { lineMatches: false } },
    ],
    [
      'a before-image that was changed from NULL to an empty array',
      (sql) => sql`update tag_migration.journal set themes = '{}' where song_id = ${song(3)}`,
      { at: 3, record: { lineMatches: false } },
    ],
    [
      'a name that was changed',
      (sql) => sql`update tag_migration.journal set names = '{easter,grace}' where song_id = ${song(0)}`,
      { at: 0, record: { lineMatches: false, recordMatches: false } },
    ],
    [
      'a line hash that was changed',
      (sql) => sql`update tag_migration.journal set line_hash = sha256('') where song_id = ${song(0)}`,
      { at: 0, record: { lineMatches: false } },
    ],
    [
      'names and their hash that were changed together',
      (sql) => sql`
        update tag_migration.journal as j set names = '{easter,grace}',
          line_hash = sha256(tag_migration.canonical_line(j.song_id, j.themes, '{easter,grace}'))
        where j.song_id = ${song(0)}`,
      { at: 0, record: { lineMatches: true, recordMatches: false } },
    ],
    [
      'a tag that was exchanged among the links that the batch made',
      (sql) =>
        sql`update tag_migration.journal set linked = ${tag(sql, 'Grace', 'Easter')} where song_id = ${song(0)}`,
      { at: 0, record: { recordMatches: false } },
    ],
    [
      'a tag too few among the links that the batch made',
      (sql) => sql`update tag_migration.journal set linked = ${tag(sql, 'Grace')} where song_id = ${song(0)}`,
      { at: 0, record: { recordMatches: false } },
    ],
    [
      'a tag too many among the links that the batch made',
      (sql) =>
        sql`update tag_migration.journal set linked = linked || ${tag(sql, 'Easter')} where song_id = ${song(0)}`,
      { at: 0, record: { recordMatches: false } },
    ],
    [
      'links from before that were left out',
      (sql) => sql`update tag_migration.journal set tags_before = '{}' where song_id = ${song(1)}`,
      { at: 1, record: { recordMatches: false } },
    ],
    [
      'links from before that were exchanged',
      (sql) =>
        sql`update tag_migration.journal set tags_before = ${tag(sql, 'Easter')} where song_id = ${song(1)}`,
      { at: 1, record: { recordMatches: false } },
    ],
    [
      'a link from before that is called one of the batch',
      (sql) =>
        sql`update tag_migration.journal set tags_before = '{}', linked = tags_before || linked where song_id = ${song(1)}`,
      { at: 1, record: { recordMatches: false } },
    ],
    [
      'a batch that it is not of',
      (sql) => sql`update tag_migration.journal set batch = -1 where song_id = ${song(0)}`,
      { at: 0, record: { lineMatches: false } },
    ],
    [
      'a run that it is not of',
      (sql) => sql`update tag_migration.journal set run_id = gen_random_uuid() where song_id = ${song(0)}`,
      { at: 0, live: { recordExists: false } },
    ],
    [
      'a record that is gone',
      (sql) => sql`delete from tag_migration.journal where song_id = ${song(0)}`,
      { at: 0, live: { recordExists: false } },
    ],
    [
      'a record that is called one of a song born during the run',
      (sql) => sql`update tag_migration.journal set is_born = true where song_id = ${song(0)}`,
      { at: 0, live: { recordExists: false } },
    ],
    [
      'a record that is called taken back',
      (sql) => sql`update tag_migration.journal set rolled_back_at = now() where song_id = ${song(0)}`,
      { at: 0, live: { recordExists: false } },
    ],
    [
      'a record that is called one of a deleted song',
      (sql) =>
        sql`update tag_migration.journal set deleted_at = clock_timestamp() where song_id = ${song(0)}`,
      { at: 0, record: { deletionMatches: false } },
    ],
    [
      'a record that is called erased',
      (sql) =>
        sql`update tag_migration.journal set forgotten_at = now(), themes = null where song_id = ${song(0)}`,
      { at: 0, record: { deletionMatches: false } },
    ],
  ])('%s', async (_, change, finding) => {
    await expectNamed(change, finding)
  })

  test('tags that were exchanged in the record of a song that was edited since', async () => {
    await tamper(database.sql, async (sql) => {
      await sql`update public.songs set themes = '{Hope}' where id = ${song(0)}`
      await sql`
        update tag_migration.song_state set seen = '{Hope}', yields = ${tag(sql, 'Hope')}, yield_positions = '{1}'
        where song_id = ${song(0)}`
      await sql`delete from public.song_tags where song_id = ${song(0)}`
      await sql`insert into public.song_tags (song_id, tag_id) select ${song(0)}, unnest(${tag(sql, 'Hope')})`
      await sql`update public.tags as t set usage_count = (select count(*) from public.song_tags as l where l.tag_id = t.id)`
    })
    expect(failed(await validate())).toEqual([])
    await expectNamed(
      (sql) =>
        sql`update tag_migration.journal set linked = ${tag(sql, 'Hope', 'Easter')} where song_id = ${song(0)}`,
      { at: 0, record: { edited: true, recordMatches: false } },
    )
  })
})

describe('the batches: their checksums find', () => {
  test.each<[string, Change]>([
    ['a checksum that was changed', (sql) => sql`update tag_migration.batch set checksum = sha256('')`],
    ['a number of songs that was changed', (sql) => sql`update tag_migration.batch set songs = songs + 1`],
    ['a number of themes that was changed', (sql) => sql`update tag_migration.batch set themes = themes + 1`],
    ['a number of links that was changed', (sql) => sql`update tag_migration.batch set links = links + 1`],
    [
      'counted links that were changed',
      (sql) => sql`update tag_migration.batch set usage_deltas[1] = usage_deltas[1] + 1 where links > 0`,
    ],
    ['a first song that was changed', (sql) => sql`update tag_migration.batch set first_song = last_song`],
    ['a last song that was changed', (sql) => sql`update tag_migration.batch set last_song = first_song`],
    [
      'journal rows that are missing',
      (sql) => sql`delete from tag_migration.journal where song_id = ${song(0)}`,
    ],
    [
      'a journal row that moved to another batch',
      (sql) => sql`update tag_migration.journal set batch = -1 where song_id = ${song(0)}`,
    ],
    [
      'a line hash that was changed',
      (sql) => sql`update tag_migration.journal set line_hash = sha256('') where song_id = ${song(0)}`,
    ],
    [
      'a link that is called one from before',
      (sql) => sql`
        update tag_migration.journal set tags_before = linked[1:1], linked = linked[2:] where song_id = ${song(0)}`,
    ],
  ])('%s', async (_, change) => {
    await tamper(database.sql, change)
    const report = await validate()
    expect(report.valid).toBe(false)
    expect(failed(report)).toContainEqual({ name: BATCHES_CHECK, critical: true })
    expect(differencesOf(report, BATCHES_CHECK)?.length).toBeGreaterThan(0)
  })

  test.each<[string, Change]>([
    [
      'is gone',
      (sql) =>
        sql`delete from tag_migration.batch where number = (select min(number) from tag_migration.batch)`,
    ],
    [
      'is called one of a rollback',
      (sql) =>
        sql`update tag_migration.batch set is_rollback = true where number = (select min(number) from tag_migration.batch)`,
    ],
    [
      'is called taken back',
      (sql) =>
        sql`update tag_migration.batch set rollback = 1 where number = (select min(number) from tag_migration.batch)`,
    ],
  ])('no batch that %s: then its songs are named', async (_, change) => {
    await tamper(database.sql, change)
    const report = await validate()
    expect(report.valid).toBe(false)
    expect(differencesOf(report, RECORD_CHECK)).toHaveLength(10)
  })
})

test('finds a usage count that is wrong and names the tag', async () => {
  await tamper(
    database.sql,
    (sql) => sql`update public.tags set usage_count = usage_count + 1 where name = 'Grace'`,
  )
  const report = await validate()
  expect(failed(report)).toEqual([{ name: USAGE_CHECK, critical: true }])
  expect(differencesOf(report, USAGE_CHECK)).toEqual([
    { tagId: expect.any(String), tag: 'Grace', usageCount: 2, links: 1 },
  ])
})

test('finds a tag whose name is not in the table of names', async () => {
  const [name] = await database.sql`delete from public.tag_names where normalized_name = 'grace' returning *`
  const report = await validate()
  await database.sql`insert into public.tag_names ${database.sql(name ?? {})}`
  expect(failed(report)).toEqual([{ name: USAGE_CHECK, critical: true }])
  expect(differencesOf(report, USAGE_CHECK)).toEqual([expect.objectContaining({ tag: 'Grace' })])
})

test('finds a certificate that is not the one of these songs', async () => {
  await tamper(database.sql, (sql) => sql`update tag_migration.run set certificate = ${'0'.repeat(64)}`)
  expect(failed(await validate())).toEqual([{ name: CERTIFICATE_CHECK, critical: true }])
})

test('counts songs in quarantine without failing for them', async () => {
  await tamper(database.sql, async (sql) => {
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

async function expectNamed(change: Change, { at, live, record }: Finding): Promise<void> {
  await tamper(database.sql, change)
  const report = await validate()
  await database.sql`update public.tags set merged_into = null where merged_into is not null`
  expect(report.valid).toBe(false)
  for (const [name, difference] of [
    [LIVE_CHECK, live],
    [RECORD_CHECK, record],
  ] as const) {
    const named =
      difference === undefined ? [] : [expect.objectContaining({ songId: song(at), ...difference })]
    expect(differencesOf(report, name), name).toEqual(named)
  }
}
