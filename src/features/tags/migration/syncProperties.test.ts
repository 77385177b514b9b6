import fc from 'fast-check'
import type { ISql } from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addSongs, addUnsyncedSongs, type Themes } from '../../../../scripts/testing/migrationFixture.ts'
import { beginMigration, outOfStep } from '../../../../scripts/testing/syncFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { BEFORE_ALL } from './migrationDatabase.ts'

let database: TestDatabase
let run: { id: string; epoch: number }

const LONG = 'far too long '.repeat(5)
const RAWS = [
  'Grace',
  'grace',
  'GRACE ',
  'Mercy',
  'Grace / Mercy',
  'praise; joy',
  'Hope',
  'Own one',
  'own ONE',
  'Own two',
]
const THEMES = fc.option(
  fc.array(
    fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...RAWS) }, fc.constantFrom(null, '  ', '---', LONG)),
    {
      maxLength: 6,
    },
  ),
)
/** Which of the songs or tags that there are. */
const WHICH = fc.nat({ max: 9 })
const TAGS = fc.array(WHICH, { minLength: 1, maxLength: 3 })

const EDIT = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('write' as const), song: WHICH, themes: THEMES }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('write all' as const), themes: THEMES }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('turn round' as const), song: WHICH }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('link' as const), song: WHICH, tags: TAGS }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('unlink' as const), song: WHICH, tags: TAGS }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('name' as const), song: WHICH, name: fc.constantFrom(...RAWS) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('insert' as const), themes: THEMES, isUnsynced: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), song: WHICH }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('rename' as const),
      tag: WHICH,
      name: fc.constantFrom(...RAWS),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('merge' as const), tag: WHICH, into: WHICH }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('unmerge' as const), tag: WHICH }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('ban' as const), tag: WHICH, isBanned: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('batch' as const) }) },
)
type Edit = typeof EDIT extends fc.Arbitrary<infer T> ? T : never

beforeAll(async () => {
  database = await createTestDatabase()
  await addSongs(database.sql, [RAWS])
  const id = await beginMigration(database)
  const { data } = await database.serviceClient.rpc('tag_migration_resume', { p_run: id, p_worker: 'test' })
  expect(data).toMatchObject({ outcome: 'resumed', run: { id, status: 'running', epoch: 2 } })
  run = { id, epoch: 2 }
  await batch()
})
afterAll(() => database.drop())

test('whatever people do through either interface, themes, state, links and counts are in step', async () => {
  await fc.assert(
    fc
      .asyncProperty(fc.array(EDIT, { minLength: 1, maxLength: 25 }), async (edits) => {
        await addUnsyncedSongs(database.sql, [['Grace / Mercy', 'Own one'], ['Hope']])
        await addSongs(database.sql, [['Grace', 'Own two', null], ['praise; joy'], null])
        for (const edit of edits) {
          await apply(edit)
          expect(await outOfStep(database.sql)).toEqual([])
        }
        await savedAgainChangesNothing()
      })
      .afterEach(async () => {
        await database.sql`delete from public.songs`
        for (;;) {
          const [merged] =
            await database.sql`select id from public.tags where merged_into is not null limit 1`
          if (merged === undefined) break
          await database.sql`select public.unmerge_tag(${merged.id})`
        }
        await database.sql`update public.tags set banned_at = null where banned_at is not null`
        expect(await outOfStep(database.sql)).toEqual([])
      }),
    { numRuns: Number(process.env.SYNC_RUNS ?? 25) },
  )
})

/** What people are told when what they ask for is not allowed; then nothing has changed. */
const REFUSALS = ['23505', '23514', '42501', 'PT404']

async function apply(edit: Edit): Promise<void> {
  try {
    await database.sql.begin((sql) => act(sql, edit))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (!REFUSALS.includes(String(code))) throw error
  }
}

async function act(sql: ISql, edit: Edit): Promise<void> {
  const song = 'song' in edit ? await pick(sql, 'songs', edit.song) : null
  const tag = 'tag' in edit ? await pick(sql, 'tags', edit.tag) : null
  const tags = 'tags' in edit ? await Promise.all(edit.tags.map((which) => pick(sql, 'tags', which))) : []
  switch (edit.kind) {
    case 'write':
      await sql`update public.songs set themes = ${literal(edit.themes)}::text[] where id = ${song}`
      return expectThemes(sql, song, edit.themes)
    case 'write all':
      await sql`update public.songs set themes = ${literal(edit.themes)}::text[]`
      return
    case 'turn round':
      await sql`
        update public.songs set themes = array(
          select e.raw from unnest(themes) with ordinality as e (raw, place) order by place desc
        ) where id = ${song} and themes is not null`
      return
    case 'link': {
      await sql`
        insert into public.song_tags (song_id, tag_id) select s.id, u.id
        from public.songs as s cross join unnest(${tags}::uuid[]) as u (id) where s.id = ${song}`
      return expectLinks(sql, song, tags, true)
    }
    case 'unlink':
      await sql`select public.untag_song(s.id, ${tags}::uuid[]) from public.songs as s where s.id = ${song}`
      return expectLinks(sql, song, tags, false)
    case 'name':
      await sql`select public.tag_song(s.id, '{}', array[${edit.name}]::text[]) from public.songs as s where s.id = ${song}`
      return
    case 'insert':
      if (edit.isUnsynced) await sql`select set_config('tag_migration.engine', 'on', true)`
      await sql`insert into public.songs (title, themes) values ('A song', ${literal(edit.themes)}::text[])`
      return
    case 'delete':
      await sql`delete from public.songs where id = ${song}`
      return
    case 'rename':
      await sql`select public.rename_tag(${tag}, ${edit.name})`
      return
    case 'merge':
      await sql`select public.merge_tags(${tag}, ${await pick(sql, 'tags', edit.into)})`
      return
    case 'unmerge':
      await sql`select public.unmerge_tag(${tag})`
      return
    case 'ban':
      await sql`select public.ban_tag(${tag}, ${edit.isBanned})`
      return
    case 'batch':
      return batch(sql)
  }
}

/** One of the ten oldest songs, or of the tags that the themes yield; by name, so that a failure can be replayed. */
async function pick(sql: ISql, what: 'songs' | 'tags', which: number): Promise<string | null> {
  const rows =
    what === 'songs'
      ? await sql`select id from public.songs order by created_at, id limit 10`
      : await sql`
          select id from public.tags where name in ('Grace', 'Mercy', 'Praise', 'Joy', 'Hope') or not is_standard
          order by created_at, name limit 10`
  return rows.length === 0 ? null : rows[which % rows.length]?.id
}

/** Every song that no batch has done yet. */
async function batch(sql: ISql = database.sql): Promise<void> {
  for (;;) {
    const [row] = await sql`
      select public.tag_migration_batch(${run.id}, ${run.epoch}, 1000, ${BEFORE_ALL}) as answer`
    const { outcome, themes } = row?.answer ?? {}
    if (outcome !== 'unknown-themes') {
      expect(row?.answer).toMatchObject({ outcome: expect.stringMatching(/^(done|end)$/) })
      // It is transaction-local, and here the transaction goes on.
      await sql`select set_config('tag_migration.engine', '', true), public.tag_migration_fold(${run.id})`
      return
    }
    await sql`select public.tag_migration_adopt(${run.id}, ${run.epoch}, ${themes}::text[])`
  }
}

async function expectThemes(sql: ISql, song: string | null, themes: Themes): Promise<void> {
  const [row] = await sql`
    select themes is not distinct from ${literal(themes)}::text[] as same from public.songs where id = ${song}`
  if (row !== undefined) expect(row.same).toBe(true)
}

async function expectLinks(
  sql: ISql,
  song: string | null,
  tags: (string | null)[],
  linked: boolean,
): Promise<void> {
  const rows = await sql`
    select exists (
      select from public.song_tags as l where l.song_id = s.id and l.tag_id = coalesce(t.merged_into, t.id)
    ) as linked
    from public.songs as s cross join public.tags as t where s.id = ${song} and t.id = any (${tags}::uuid[])`
  for (const row of rows) expect(row.linked).toBe(linked)
}

async function savedAgainChangesNothing(): Promise<void> {
  const all = () =>
    database.sql`
      select l.song_id, l.tag_id, l.ctid::text, st.yields, st.yield_positions, st.extra
      from public.song_tags as l left join tag_migration.song_state as st on st.song_id = l.song_id order by 1, 2`
  const before = await all()
  await database.sql`update public.songs set themes = themes`
  expect(await all()).toEqual(before)
}

function literal(themes: Themes): string | null {
  if (themes === null) return null
  return `{${themes.map((theme) => (theme === null ? 'NULL' : JSON.stringify(theme))).join()}}`
}
