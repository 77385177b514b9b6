import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addSongs, fetchAnd, runnerFor, type Themes } from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { BatchSizer } from './batchSizer.ts'
import type { MigrationResult } from './types.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

// Postgres stores no NUL, and UTF-8 has no lone surrogates; fast-check makes none of the latter by itself.
const character = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter((one) => one !== '\0')
const known = fc.constantFrom(
  'Grace',
  ' grace ',
  'GRACE',
  'Xmas',
  'Grace/Mercy',
  'praise; joy',
  'Thanksgivng',
  'hip-hop',
  'hip hop',
  'Café',
  'Cafe\u0301',
  'NULL',
  'null',
  '{}',
  '{"a",b}',
  '"',
  '\\',
  '\\"',
  "'",
  ',',
  '---',
  '',
  ' ',
  '\t\n',
  '\u00a0\u3000',
  '\u202eabc',
  '🎵',
  'ﬁ',
  'İ',
)
const theme = fc.oneof(
  { weight: 4, arbitrary: known },
  { weight: 3, arbitrary: fc.string({ unit: character, maxLength: 12 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 45, maxLength: 300 }) },
)
const themes: fc.Arbitrary<Themes> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 9, arbitrary: fc.array(fc.option(theme, { freq: 8 }), { maxLength: 8 }) },
)

/** What people may have put on songs before: a tag of the vocabulary, or one of their own. */
const linkBefore = fc.record({
  song: fc.nat(),
  tag: fc.constantFrom('Grace', 'Christmas', 'Own tag', 'Mercy'),
})

const scenario = fc.record({
  songs: fc.array(themes, { minLength: 1, maxLength: 40 }),
  links: fc.array(linkBefore, { maxLength: 6 }),
  // The sizes of the first batch of the first and of the second run; the sizer goes on from there.
  sizes: fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 })),
  // After how many batches more than one each session is interrupted; after the last one it is left alone.
  interruptions: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }),
  workers: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
  backSize: fc.integer({ min: 1, max: 20 }),
  interruptBack: fc.boolean(),
})

/** Everything a person can see, by bytes: arrays as Postgres writes them. */
async function everything() {
  const { sql } = database
  return {
    songs: await sql`select id, title, themes::text, version, updated_at::text from public.songs order by id`,
    tags: await sql`
      select id, name, category, usage_count, is_standard, needs_review, merged_into from public.tags order by id`,
    names: await sql`select * from public.tag_names order by normalized_name collate "C"`,
    links: await sql`select song_id, tag_id, created_by from public.song_tags order by song_id, tag_id`,
    state: await sql`select song_id from tag_migration.song_state`,
  }
}

/** Migrates in sessions, each but the last interrupted after so many batches. */
async function migrate(
  batchSize: number,
  workers: number,
  interruptions: number[],
): Promise<MigrationResult> {
  for (const after of interruptions) {
    const stop = new AbortController()
    const stopping = fetchAnd(database, 'tag_migration_batch', (batches) => {
      if (batches > after) stop.abort()
    })
    const result = await runnerFor(database, { batchSize, workers, signal: stop.signal }, stopping).run()
    if (result.phase !== 'paused') return result
  }
  return runnerFor(database, { batchSize, workers }).run()
}

async function rollBack(size: number, interrupt: boolean): Promise<void> {
  const { rollbackManager } = runnerFor(database)
  if (interrupt) {
    const stop = new AbortController()
    await rollbackManager.rollback(null, true, {
      worker: 'test',
      sizer: new BatchSizer(size, 30),
      signal: stop.signal,
      onBatch: () => stop.abort(),
    })
  }
  await rollbackManager.rollback(null, true, { worker: 'test', sizer: new BatchSizer(size, 30) })
}

/** The songs whose themes cannot be told from their state alone, as their yields and positions explain them. */
async function unexplained(): Promise<unknown[]> {
  return await database.sql<{ id: string }[]>`
    select s.id from public.songs as s left join tag_migration.song_state as st on st.song_id = s.id
    where st.song_id is null
      or st.seen::text is distinct from s.themes::text
      or array_to_json(st.seen)::text is distinct from array_to_json(s.themes)::text
      or exists (
        select from unnest(st.yield_positions) as p (position)
        where p.position not between 1 and cardinality(st.seen) or st.seen[p.position] is null
      )
      or exists (
        select from public.song_tags as l where l.song_id = s.id and not l.tag_id = any (st.yields || st.extra)
      )`
}

test('back is the inverse of forward, whatever the themes, batches, workers and interruptions; forward again certifies the same', async () => {
  await fc.assert(
    fc
      .asyncProperty(
        scenario,
        async ({ songs, links, sizes, workers, interruptions, backSize, interruptBack }) => {
          const ids = await addSongs(database.sql, songs)
          await database.sql`insert into public.tags (name) values ('Own tag') on conflict do nothing`
          for (const { song, tag } of links) {
            await database.sql`
            insert into public.song_tags (song_id, tag_id)
            select ${ids[song % ids.length] ?? ''}, id from public.tags where name = ${tag}
            on conflict do nothing`
          }
          const before = await everything()

          const first = await migrate(sizes[0], workers[0], interruptions)
          expect(first).toMatchObject({ phase: 'complete', processedCount: songs.length, errors: [] })
          expect(first.checks.filter((check) => !check.ok && check.critical)).toEqual([])
          expect((await everything()).songs).toEqual(before.songs)
          expect(await unexplained()).toEqual([])

          await rollBack(backSize, interruptBack)
          expect(await everything()).toEqual(before)

          const second = await migrate(sizes[1], workers[1], [])
          expect(second.certificate).toBe(first.certificate)
          await rollBack(100, false)
          expect(await everything()).toEqual(before)
        },
      )
      .afterEach(async () => {
        await database.sql`truncate public.songs, tag_migration.run, tag_migration.journal, tag_migration.song_state cascade`
        await database.sql`delete from public.tags where not is_standard`
        await database.sql`update public.tags set usage_count = 0 where usage_count <> 0`
      }),
    { numRuns: 9 },
  )
})

test('the array is rebuilt from the song state to the byte', async () => {
  const songs: Themes[] = [
    null,
    [],
    [null],
    [null, null, ''],
    ['NULL', 'null', null],
    ['b', 'a', 'b', ' b ', 'B'],
    ['"', '\\', '\\"', '{', '}', ',', "'", '{"x",y}'],
    ['Café', 'Cafe\u0301', '\u00a0', '\t\n', '🎵', '\u{10ffff}', '\u202e'],
    ['x'.repeat(5000)],
  ]
  const ids = await addSongs(database.sql, songs)
  await runnerFor(database).run()
  const rows = await database.sql<{ id: string; seen: string | null }[]>`
    select song_id as id, to_json(seen)::text as seen from tag_migration.song_state`
  const seen = new Map(rows.map((row) => [row.id, row.seen]))
  for (const [index, themes] of songs.entries()) {
    const json = seen.get(ids[index] ?? '')
    expect(json === null ? null : JSON.parse(json ?? '"missing"')).toEqual(themes)
  }
})
