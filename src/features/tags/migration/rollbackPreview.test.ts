import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addSongs, runnerFor } from '../../../../scripts/testing/migrationFixture.ts'
import {
  emptyDatabase,
  mergeTags,
  planRollback,
  rollBack,
  sortedConflicts,
} from '../../../../scripts/testing/rollbackFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { BatchSizer } from './batchSizer.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const theme = fc.constantFrom(
  'Grace',
  ' grace ',
  'Mercy',
  'Own one',
  'own one',
  'Own two',
  'Grace/Mercy',
  '---',
  '',
)
const themes = fc.option(fc.array(fc.option(theme, { freq: 9 }), { maxLength: 5 }), { freq: 9 })
const tagName = fc.constantFrom('Grace', 'Mercy', 'Own one', 'Own two', 'Easter', 'Mine')
/** What people do before the run and after it; a song and a tag are named by where they stand. */
const deed = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('edit' as const), song: fc.nat(), themes }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('tag' as const), song: fc.nat(), tag: tagName }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('untag' as const), song: fc.nat(), tag: tagName }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), song: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('add' as const), themes }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rename' as const), tag: tagName }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('ban' as const), tag: tagName }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('merge' as const), from: tagName, into: tagName }) },
)
type Deed = typeof deed extends fc.Arbitrary<infer One> ? One : never

const scenario = fc.record({
  songs: fc.array(themes, { minLength: 1, maxLength: 25 }),
  before: fc.array(fc.record({ song: fc.nat(), tag: fc.constantFrom('Grace', 'Easter', 'Mine') }), {
    maxLength: 6,
  }),
  since: fc.array(deed, { maxLength: 14 }),
  batchSize: fc.integer({ min: 10, max: 30 }),
  backSize: fc.integer({ min: 1, max: 12 }),
  exact: fc.boolean(),
  // After this share of the batches, or whole.
  to: fc.option(fc.record({ share: fc.double({ min: 0, max: 0.99, noNaN: true }), byTime: fc.boolean() })),
  interrupted: fc.boolean(),
})

async function act(one: Deed, ids: string[]): Promise<void> {
  const { sql } = database
  const song = 'song' in one ? (ids[one.song % ids.length] ?? '') : ''
  switch (one.kind) {
    case 'edit':
      await sql`update public.songs set themes = ${one.themes}::text[] where id = ${song}`
      return
    case 'tag':
      await sql`
        insert into public.song_tags (song_id, tag_id)
        select s.id, t.id from public.songs as s, public.tags as t where s.id = ${song} and t.name = ${one.tag}`
      return
    case 'untag':
      await sql`
        delete from public.song_tags as l using public.tags as t
        where l.song_id = ${song} and t.id = l.tag_id and t.name = ${one.tag}`
      return
    case 'delete':
      await sql`delete from public.songs where id = ${song}`
      return
    case 'add':
      await addSongs(sql, [one.themes])
      return
    case 'rename':
      await sql`update public.tags set name = name || ' renamed' where name = ${one.tag} and not is_standard`
      return
    case 'ban':
      await sql`update public.tags set banned_at = now() where name = ${one.tag}`
      return
    case 'merge': {
      // A tag is merged into one that is not merged itself.
      const free = await sql`
        select from public.tags as t where t.name in (${one.from}, ${one.into}) and t.merged_into is null
          and (t.name = ${one.into} or not exists (select from public.tags as o where o.merged_into = t.id))`
      if (one.from !== one.into && free.length === 2) await mergeTags(sql, one.from, one.into)
    }
  }
}

const numberOf = async () => {
  const [row] = await database.sql<{ songs: number; links: number; tags: number }[]>`
    select (select count(*)::integer from tag_migration.song_state) as songs,
      (select count(*)::integer from public.song_tags) as links,
      (select count(*)::integer from public.tags) as tags`
  if (row === undefined) throw new Error('No counts.')
  return row
}

test('a dry run foretells the songs, links, tags and conflicts of the rollback in each of its forms', async () => {
  await fc.assert(
    fc
      .asyncProperty(
        scenario,
        async ({ songs, before, since, batchSize, backSize, exact, to, interrupted }) => {
          const ids = await addSongs(database.sql, songs)
          await database.sql`insert into public.tags (name) values ('Mine') on conflict do nothing`
          for (const { song, tag } of before) await act({ kind: 'tag', song, tag }, ids)
          await runnerFor(database, { batchSize, validateChecksum: false }).run()
          for (const one of since) {
            await act(one, ids).catch((error: { code?: string }) => {
              // A banned tag refuses new links; the deed did not happen.
              if (error.code !== '42501') throw error
            })
          }
          const batches = await database.sql<{ number: number; time: string }[]>`
          select number::integer, to_json(finished_at) #>> '{}' as time
          from tag_migration.batch where not is_rollback order by number`
          const last = to === null ? undefined : batches[Math.floor(to.share * batches.length) - 1]
          const limit =
            to === null
              ? null
              : to.byTime
                ? { time: last?.time ?? '2000-01-01T00:00:00Z' }
                : { batch: last?.number ?? 0 }
          const form = { exact, to: limit }
          if (interrupted) {
            const stop = new AbortController()
            const options = {
              sizer: new BatchSizer(backSize, 0.001),
              signal: stop.signal,
              onBatch: () => stop.abort(),
            }
            await rollBack(database, { ...form, ...options })
          }
          const rest = await database.sql<{ songs: number; links: number }[]>`
          select coalesce(sum(songs), 0)::integer as songs, coalesce(sum(links), 0)::integer as links
          from tag_migration.batch where is_rollback`
          const was = await numberOf()

          const plan = await planRollback(database, form)
          expect(await numberOf()).toEqual(was)
          const back = await rollBack(database, { ...form, sizer: new BatchSizer(backSize, 30) })

          expect({
            songs: plan.songs + (rest[0]?.songs ?? 0),
            links: plan.linksToRemove + (rest[0]?.links ?? 0),
            tags: plan.tagsToRemove,
            conflicts: sortedConflicts(plan.conflicts),
          }).toEqual({
            songs: back.restoredCount,
            links: back.linksRemoved,
            tags: back.tagsRemoved,
            conflicts: sortedConflicts(back.conflicts),
          })
          expect(was.tags - (await numberOf()).tags).toBe(back.tagsRemoved)
          const counts = await database.sql`
          select t.name from public.tags as t
          where t.usage_count <> (select count(*) from public.song_tags as l where l.tag_id = t.id)`
          expect(counts).toEqual([])
        },
      )
      .afterEach(() => emptyDatabase(database)),
    { numRuns: 20 },
  )
}, 240_000)
