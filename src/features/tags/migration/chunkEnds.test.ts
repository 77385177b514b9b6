import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { addSongs, changeBatches, runnerFor } from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { KeptTables, tamper } from '../../../../scripts/testing/validationFixture.ts'
import { BEFORE_ALL } from './migrationDatabase.ts'

const SONGS = 60

let database: TestDatabase
let kept: KeptTables
let ids: string[]
beforeAll(async () => {
  database = await createTestDatabase()
  const themes = Array.from({ length: SONGS }, (_, n) => (n % 7 === 0 ? null : ['Grace', `Theme ${n % 5}`]))
  ids = (await addSongs(database.sql, themes)).toSorted()
  await runnerFor(
    database,
    {},
    changeBatches(database.fetch, () => ({ p_limit: 7, p_most: 7 })),
  ).run()
  kept = new KeptTables(database.sql, ['tag_migration.run', 'tag_migration.batch', 'tag_migration.journal'])
  await kept.keep()
})
afterAll(() => database.drop())
afterEach(() => kept.restore())

/** The ends of all chunks of so many songs, a few asked for at a time. */
async function endsOf(songs: number, countedBy: 'batches' | 'records'): Promise<string[]> {
  const ends: string[] = []
  for (;;) {
    const place = countedBy === 'batches' ? ends.length : null
    const [row] = await database.sql<{ ends: string[] }[]>`
      select public.tag_migration_chunks(r.id, ${ends.at(-1) ?? BEFORE_ALL}, ${songs}, 3, ${place}) as ends
      from tag_migration.run as r`
    ends.push(...(row?.ends ?? []))
    if (row?.ends.length !== 3) return ends
  }
}

describe('the ends of chunks', () => {
  test.for([1, 2, 7, 8, 13, 20, SONGS - 1, SONGS, SONGS + 1])(
    'of %i songs are the same, whether batches or records are counted',
    async (songs) => {
      const expected = ids.filter((_, index) => (index + 1) % songs === 0)
      expect(await endsOf(songs, 'records')).toEqual(expected)
      expect(await endsOf(songs, 'batches')).toEqual(expected)
    },
  )

  test('are where batches say, even if they counted wrong', async () => {
    const [, second] = await database.sql`select number from tag_migration.batch order by first_song`
    await tamper(
      database.sql,
      (sql) => sql`update tag_migration.batch set songs = songs + 1 where number = ${second?.number}`,
    )
    expect(await endsOf(20, 'batches')).toEqual([18, 38, 58].map((index) => ids[index]))
    expect(await endsOf(20, 'records')).toEqual([19, 39, 59].map((index) => ids[index]))
  })

  test.for([
    ['lie across each other', 'update tag_migration.batch set last_song = first_song, first_song = $1'],
    ['were taken back', 'update tag_migration.batch set rollback = 1 where first_song = $1'],
    ['took others back', 'update tag_migration.batch set is_rollback = true where first_song = $1'],
    [
      'say that they did far more than any may',
      'update tag_migration.batch set songs = 10001 where first_song = $1',
    ],
    ['have lost their records', 'update tag_migration.run set pruned_at = now() where $1::uuid is not null'],
  ])('are where records say when batches %s', async ([, change = '']) => {
    await tamper(database.sql, (sql) => sql`update tag_migration.batch set songs = songs + 1`)
    await tamper(database.sql, (sql) => sql.unsafe(change, [ids[0] ?? null]))
    expect(await endsOf(20, 'batches')).toEqual(await endsOf(20, 'records'))
  })

  test('are looked for along the primary key, whatever the planner takes to be filtered out', async () => {
    await database.sql.begin(async (sql) => {
      const readWhole = async () => {
        const [journal] = await sql<{ times: number }[]>`
          select seq_scan::integer as times from pg_stat_xact_all_tables
          where relid = 'tag_migration.journal'::regclass`
        return journal?.times
      }
      await sql`
        insert into tag_migration.journal
        select (jsonb_populate_record(j, jsonb_build_object('song_id', gen_random_uuid()))).*
        from tag_migration.journal as j cross join generate_series(1, 10000) where j.song_id = ${ids[0] ?? ''}`
      await sql`select public.tag_migration_refresh_statistics()`
      const before = await readWhole()
      for (const place of [null, 0]) {
        await sql`
          select public.tag_migration_chunks(r.id, ${BEFORE_ALL}, 25, 2, ${place}) from tag_migration.run as r`
      }
      expect(await readWhole()).toBe(before)
    })
  })
})
