import type { ReservedSql } from 'postgres'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { closeGate, type Gate, waitsFor } from '../../../../scripts/testing/gate.ts'
import {
  addSongs,
  fetchAnd,
  runnerFor,
  tagsBySong,
  themesBySong,
} from '../../../../scripts/testing/migrationFixture.ts'
import { emptyDatabase, rollBack } from '../../../../scripts/testing/rollbackFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { BatchSizer } from './batchSizer.ts'

let database: TestDatabase
let gate: Gate | undefined
const people: ReservedSql[] = []
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
afterEach(async () => {
  await gate?.remove()
  gate = undefined
  for (const person of people.splice(0)) {
    await person`rollback`
    person.release()
  }
  await emptyDatabase(database)
})

/** Somebody in a transaction of her own. */
async function person(): Promise<{ sql: ReservedSql; pid: number }> {
  const sql = await database.sql.reserve()
  people.push(sql)
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`
  await sql`begin`
  return { sql, pid: row?.pid ?? 0 }
}
const tagIn = (sql: ReservedSql, song: string, name: string) =>
  sql`insert into public.song_tags (song_id, tag_id) select ${song}, id from public.tags where name = ${name}`
const untagIn = (sql: ReservedSql, song: string, name: string) =>
  sql`delete from public.song_tags where song_id = ${song} and tag_id = (select id from public.tags where name = ${name})`

async function migrated(songs: readonly string[][]): Promise<string[]> {
  const ids = await addSongs(database.sql, songs)
  await runnerFor(database, { validateChecksum: false }).run()
  return ids
}

/** Rolls back; once this function has answered for the first time, something happens before the next call. */
function rollBackAnd(name: string, act: () => unknown, exact = false) {
  let done: Promise<unknown> | undefined
  return rollBack(database, {
    exact,
    fetch: fetchAnd(database, name, () => {
      done ??= Promise.resolve(act())
      return done
    }),
  })
}
const isSyncOn = async () => (await database.sql`select is_on from tag_migration.sync`)[0]?.is_on
const wrongCounts = () => database.sql`
  select t.name from public.tags as t
  where t.usage_count <> (select count(*) from public.song_tags as l where l.tag_id = t.id)`

describe('while a batch of the way back holds a song', () => {
  test.each<[string, (sql: ReservedSql, song: string) => PromiseLike<unknown>, string[], string]>([
    ['tags it', (sql, song) => tagIn(sql, song, 'Easter'), ['Easter'], '{Grace,Easter}'],
    ['untags it', (sql, song) => untagIn(sql, song, 'Grace'), [], '{Grace}'],
    [
      'edits its themes',
      (sql, song) => sql`update public.songs set themes = '{Grace,Hope}' where id = ${song}`,
      [],
      '{Grace,Hope}',
    ],
  ])('whoever %s waits, and finds a song that is not migrated', async (_, act, tags, themes) => {
    const [song = ''] = await migrated([['Grace']])
    gate = await closeGate(database.sql, 'tag_migration.batch')
    const acted = Promise.withResolvers<void>()
    // With the end of the rollback the sync ends, too: whoever comes after that leaves the other side alone.
    const rollingBack = rollBackAnd('tag_migration_rollback_batch', () => acted.promise)
    const worker = await gate.reached()
    const { sql, pid } = await person()
    const acting = act(sql, song).then(() => sql`commit`)
    await waitsFor(database.sql, pid, worker)
    await gate.open()
    await acting
    acted.resolve()
    expect(await rollingBack).toMatchObject({ phase: 'rolled-back', linksRemoved: 1 })
    expect((await tagsBySong(database.sql)).get(song) ?? []).toEqual(tags)
    expect((await themesBySong(database.sql)).get(song)).toBe(themes)
    expect(await database.sql`select from tag_migration.song_state`).toEqual([])
    expect(await wrongCounts()).toEqual([])
  })
})

describe('a song that a person holds', () => {
  test.each([false, true])('is skipped, and taken back as she left it (exact: %s)', async (exact) => {
    const [held = '', free = ''] = await migrated([['Grace'], ['Grace']])
    const { sql } = await person()
    await tagIn(sql, held, 'Easter')
    const back = await rollBackAnd(
      'tag_migration_rollback_batch',
      async () => {
        // The other one is back already.
        expect([...(await tagsBySong(database.sql)).keys()]).toEqual([held])
        await sql`commit`
      },
      exact,
    )
    expect(back).toMatchObject({ phase: 'rolled-back', restoredCount: 2, linksRemoved: exact ? 3 : 2 })
    expect((await tagsBySong(database.sql)).get(held) ?? []).toEqual(exact ? [] : ['Easter'])
    expect((await themesBySong(database.sql)).get(held)).toBe(exact ? '{Grace}' : '{Grace,Easter}')
    expect((await tagsBySong(database.sql)).has(free)).toBe(false)
    expect(await wrongCounts()).toEqual([])
  })

  test('is gone when she deletes it, and stops nothing', async () => {
    const [held = ''] = await migrated([['Grace'], ['Grace']])
    const { sql } = await person()
    await sql`delete from public.songs where id = ${held}`
    const back = await rollBackAnd('tag_migration_rollback_batch', () => sql`commit`)
    expect(back).toMatchObject({ phase: 'rolled-back', restoredCount: 1 })
    expect(await wrongCounts()).toEqual([])
  })
})

describe('a tag of the run', () => {
  /** Somebody holds it, as the foreign key of a link does that is being made, once the songs are back. */
  const holding = (sql: ReservedSql): TestDatabase => ({
    ...database,
    fetch: fetchAnd(database, 'tag_migration_rollback_errors', () =>
      sql`select from public.tags where name = 'Own theme' for key share`.execute(),
    ),
  })

  test('that a person is just linking is kept, and hers', async () => {
    await migrated([['Own theme']])
    const [other = ''] = await addSongs(database.sql, [null])
    const { sql } = await person()
    let linked: Promise<unknown> | undefined
    const linking = fetchAnd(holding(sql), 'tag_migration_rollback_tags', () => {
      linked ??= tagIn(sql, other, 'Own theme').then(() => sql`commit`)
      return linked
    })
    expect(await rollBack(database, { fetch: linking })).toMatchObject({
      tagsRemoved: 0,
      conflicts: [{ kind: 'tag-kept', tag: 'Own theme', reason: 'linked' }],
    })
    expect((await tagsBySong(database.sql)).get(other)).toEqual(['Own theme'])
  })

  test('that stays held ends the rollback, resumable', async () => {
    await migrated([['Own theme']])
    const { sql } = await person()
    await expect(rollBack(database, { fetch: holding(sql).fetch })).rejects.toMatchObject({
      code: 'songs-held',
      message: '1 tags are held by somebody who is using them.',
    })
    await sql`rollback`
    expect(await rollBack(database)).toMatchObject({ phase: 'rolled-back', tagsRemoved: 1 })
  })
})

test('of a merge under way the batch waits for the end, and takes the merged link back', async () => {
  const [song = ''] = await migrated([['Grace']])
  const { sql } = await person()
  await sql`select set_config('tag_migration.engine', 'on', true)`
  await sql`
    select tag_migration.hold_tags(array(select id from public.tags where name in ('Grace', 'Mercy')), true)`
  await sql`
    update public.tags set merged_into = (select id from public.tags where name = 'Mercy') where name = 'Grace'`
  const back = await rollBackAnd('tag_migration_rollback_batch', async () => {
    await sql`delete from public.song_tags where song_id = ${song}`
    await sql`insert into public.song_tags (song_id, tag_id) select ${song}, id from public.tags where name = 'Mercy'`
    await sql`commit`
  })
  expect(back).toMatchObject({ phase: 'rolled-back', linksRemoved: 1 })
  expect((await tagsBySong(database.sql)).size).toBe(0)
})

describe('the end of the last run', () => {
  test('waits for whoever is still adding a song, and leaves nothing synced', async () => {
    await migrated([['Grace']])
    const { sql } = await person()
    const [born] = await sql<{ id: string }[]>`
      insert into public.songs (title, themes) values ('Born', '{---}') returning id`
    const back = await rollBackAnd('tag_migration_rollback_finish', async () => {
      expect(await isSyncOn()).toBe(true)
      await sql`commit`
    })
    expect(back.phase).toBe('rolled-back')
    expect(await isSyncOn()).toBe(false)
    expect(await database.sql`select from tag_migration.song_state`).toEqual([])
    expect((await themesBySong(database.sql)).get(born?.id ?? '')).toBe('{---}')
  })

  test('that stays out of reach ends the rollback, resumable', async () => {
    await migrated([['Grace']])
    const { sql } = await person()
    await sql`insert into public.songs (title) values ('Born')`
    await expect(rollBack(database)).rejects.toMatchObject({
      code: 'songs-held',
      message: 'Somebody has been writing songs in one transaction for long.',
    })
    await sql`rollback`
    expect(await rollBack(database)).toMatchObject({ phase: 'rolled-back', restoredCount: 1 })
  })

  test('is not the end of the sync while another run stands', async () => {
    const [first = ''] = await migrated([['Grace']])
    await database.sql`update tag_migration.sync set is_on = false`
    await addSongs(database.sql, [['Mercy']])
    await runnerFor(database, { validateChecksum: false }).run()
    await rollBack(database)
    expect(await isSyncOn()).toBe(true)
    await database.sql`update public.songs set themes = '{Hope}' where id = ${first}`
    expect((await tagsBySong(database.sql)).get(first)).toEqual(['Hope'])
    await rollBack(database)
    expect(await isSyncOn()).toBe(false)
  })
})

test('of two rollbacks at once one ends it and the other is told; both together do it once', async () => {
  await migrated(Array.from({ length: 30 }, (_, n) => [`Own ${n}`, 'Grace']))
  const ends = await Promise.all(
    ['one', 'two'].map((worker) =>
      rollBack(database, { worker, sizer: new BatchSizer(5, 0.001) }).then(
        (result) => result.phase,
        (error: { code: string }) => error.code,
      ),
    ),
  )
  expect(ends).toContain('rolled-back')
  expect(['taken-over', 'rolled-back']).toContain(ends.find((end) => end !== 'rolled-back') ?? 'rolled-back')
  const { data } = await database.serviceClient.rpc('tag_migration_run')
  expect(data).toMatchObject({ status: 'rolled_back', songsRestored: 30, linksRemoved: 60, tagsRemoved: 30 })
  expect((await tagsBySong(database.sql)).size).toBe(0)
  expect(await wrongCounts()).toEqual([])
})

test.each(['before', 'after'])(
  'a session that dies %s any of its calls is gone on with, and the end is the same',
  async (when) => {
    const songs = [['Own theme'], ['Grace'], null, ['Other', 'Grace']]
    for (let fatal = 1, lived = false; !lived; fatal += 1) {
      await addSongs(database.sql, songs)
      await runnerFor(database, { validateChecksum: false }).run()
      const edited = await database.sql<{ id: string }[]>`
        update public.songs set themes = array['Edited'] where themes = '{Grace}' returning id`
      let calls = 0
      const dying: typeof fetch = async (input, init) => {
        calls += 1
        if (calls >= fatal && when === 'before') throw new TypeError('The process is gone.')
        const response = await database.fetch(input, init)
        if (calls >= fatal) throw new TypeError('The process is gone.')
        return response
      }
      lived = await rollBack(database, { exact: true, fetch: dying, sizer: new BatchSizer(2, 30) }).then(
        () => true,
        () => false,
      )
      const back = await rollBack(database, { exact: true })
      expect(back.phase).toBe('rolled-back')
      if (!back.alreadyRolledBack) {
        expect(back).toMatchObject({ restoredCount: 4, linksRemoved: 4, tagsRemoved: 2 })
      }
      expect(back.conflicts).toEqual([
        {
          kind: 'themes-overwritten',
          songId: edited[0]?.id,
          found: ['Edited'],
          restored: ['Grace'],
        },
        { kind: 'link-removed', songId: edited[0]?.id, tag: 'Edited' },
      ])
      expect((await tagsBySong(database.sql)).size).toBe(0)
      expect([...(await themesBySong(database.sql)).values()].toSorted()).toEqual(
        ['{"Own theme"}', '{Grace}', '{Other,Grace}', null].toSorted(),
      )
      expect(await wrongCounts()).toEqual([])
      await emptyDatabase(database)
    }
  },
  180_000,
)
