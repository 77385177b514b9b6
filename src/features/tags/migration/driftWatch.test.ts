import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addSongs, runnerFor } from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { tamper } from '../../../../scripts/testing/validationFixture.ts'
import { DriftWatch } from './driftWatch.ts'
import { idBefore } from './hasDrifted.ts'
import { createMigrationClient } from './migrationClient.ts'
import { MigrationDatabase } from './migrationDatabase.ts'

let database: TestDatabase
let watch: DriftWatch
let ids: string[]
const song = (index: number) => ids[index] ?? ''

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
beforeEach(async () => {
  ids = await addSongs(database.sql, [['Grace'], ['Mercy', null], null])
  const client = createMigrationClient(database.apiUrl, database.secretKey, database.fetch)
  watch = new DriftWatch(
    new MigrationDatabase(client, {
      maxRetries: 0,
      delayMs: 1,
      sleep: async () => {},
      random: Math.random,
      onRetry: () => {},
    }),
  )
})
afterEach(async () => {
  await tamper(database.sql, (sql) => sql`delete from public.song_tags`)
  await database.sql`truncate public.songs cascade`
  await database.sql`truncate tag_migration.run, tag_migration.journal, tag_migration.song_state, tag_migration.drift_check cascade`
  await database.sql`update public.tags set usage_count = 0`
})

/** Passes until a round of its own is over. */
async function round() {
  const passes = [await watch.pass()]
  while (!passes.at(-1)?.check.isRoundComplete) passes.push(await watch.pass())
  return {
    drifted: passes.flatMap((pass) => pass.drifted),
    mended: passes.flatMap((pass) => pass.mended),
    open: passes.at(-1)?.open,
  }
}
const quiet = { drifted: [], mended: [], open: 0 }

test('before a run, songs without a state are no drift', async () => {
  expect(await round()).toEqual(quiet)
  const [check] =
    await database.sql`select songs, unsynced, is_clean from tag_migration.drift_check order by id`
  expect(check).toEqual({ songs: 3, unsynced: 3, is_clean: true })
})

describe('after a run', () => {
  beforeEach(async () => {
    await runnerFor(database).run()
  })

  test('nothing drifts, edits included, and every check is on record', async () => {
    await database.sql`update public.songs set themes = '{Hope,New}' where id = ${song(2)}`
    await addSongs(database.sql, [['Born']])
    expect(await round()).toEqual(quiet)
    const rounds = await database.sql`
      select is_complete, is_clean, songs::integer from tag_migration.drift_round order by round`
    expect(rounds).toEqual([{ is_complete: true, is_clean: true, songs: 4 }])
  })

  test.each<[string, (sql: Parameters<Parameters<typeof tamper>[1]>[0]) => PromiseLike<unknown>, object]>([
    [
      'a link that is gone',
      (sql) => sql`delete from public.song_tags where song_id = ${song(0)}`,
      { linksMatch: false, stateMatches: true },
    ],
    [
      'themes that no trigger saw',
      (sql) => sql`update public.songs set themes = '{Other}' where id = ${song(0)}`,
      { linksMatch: true, stateMatches: false },
    ],
  ])('%s is told once, and once more when it is mended', async (_, change, detail) => {
    const before = await database.sql`
      select s.themes, array(select tag_id from public.song_tags as l where l.song_id = s.id) as tags
      from public.songs as s where s.id = ${song(0)}`
    await tamper(database.sql, change)
    const { drifted, open } = await round()
    expect(drifted.filter(({ kind }) => kind === 'song')).toEqual([
      { kind: 'song', id: song(0), detail: expect.objectContaining(detail) },
    ])
    expect(open).toBe(drifted.length)
    expect(await round()).toEqual({ drifted: [], mended: [], open })
    expect(await database.sql`select from tag_migration.drift_round where is_clean`).toHaveLength(0)

    await tamper(database.sql, async (sql) => {
      await sql`update public.songs set themes = ${before[0]?.themes} where id = ${song(0)}`
      await sql`
        insert into public.song_tags (song_id, tag_id) select ${song(0)}, unnest(${before[0]?.tags}::uuid[])
        on conflict do nothing`
    })
    expect(await round()).toEqual({ drifted: [], mended: expect.arrayContaining(drifted), open: 0 })
    expect(await round()).toEqual(quiet)
  })

  test('a usage count that is wrong names its tag', async () => {
    await database.sql`update public.tags set usage_count = 7 where name = 'Grace'`
    expect((await round()).drifted).toEqual([
      {
        kind: 'tag',
        id: expect.any(String),
        detail: expect.objectContaining({ tag: 'Grace', usageCount: 7, links: 1 }),
      },
    ])
    await database.sql`update public.tags set usage_count = 1 where name = 'Grace'`
    expect((await round()).mended).toHaveLength(1)
  })

  test('a song that nothing keeps in step is one without a state, until it is gone', async () => {
    await tamper(
      database.sql,
      (sql) => sql`insert into public.songs (title, themes) values ('New', '{Grace}')`,
    )
    const { drifted } = await round()
    expect(drifted).toEqual([{ kind: 'no-state', id: expect.any(String), detail: expect.anything() }])
    await tamper(database.sql, (sql) => sql`delete from public.songs where title = 'New'`)
    expect((await round()).mended).toEqual(drifted)
  })

  test('stretches follow each other around all songs, whoever asks', async () => {
    const songs: number[] = []
    for (let n = 0; n < 4; n += 1) {
      const [row] = await database.sql<{ songs: number }[]>`
        select (public.tag_migration_check_drift(p_songs => 1) ->> 'songs')::integer as songs`
      songs.push(row?.songs ?? -1)
    }
    // The third song is the last of its round as far as anybody can tell only when none follows.
    expect(songs).toEqual([1, 1, 1, 0])
    const rounds = await database.sql`select distinct round::integer as round from tag_migration.drift_check`
    expect(rounds).toHaveLength(1)
  })

  test('links that a batch has yet to add to the usage counts are no drift', async () => {
    await tamper(database.sql, async (sql) => {
      await sql`update tag_migration.batch set is_folded = false`
      await sql`update public.tags set usage_count = 0`
    })
    expect(await round()).toEqual(quiet)
  })
})

test.each([
  ['00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000'],
  ['a0000000-0000-0000-0000-000000000000', '9fffffff-ffff-ffff-ffff-ffffffffffff'],
])('before %s comes %s', (id, before) => {
  expect(idBefore(id)).toBe(before)
})
