import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { addSongs, fetchAnd, runnerFor, tagsBySong } from '../../../../scripts/testing/migrationFixture.ts'
import { emptyDatabase, rollBack } from '../../../../scripts/testing/rollbackFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { BatchSizer } from './batchSizer.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
afterEach(async () => {
  await mend()
  await emptyDatabase(database)
})

/** Somebody's trigger that lets no link of these songs go. */
const refuse = (songs: readonly string[], sqlstate = '22023') =>
  database.sql.unsafe(`
    create function public.refuse() returns trigger language plpgsql as $$
    begin
      if old.song_id = any ('{${songs.join(',')}}') then
        raise exception using errcode = '${sqlstate}', message = 'Refused for the test';
      end if;
      return old;
    end $$;
    create trigger refuse before delete on public.song_tags for each row execute function public.refuse()`)
const mend = () =>
  database.sql.unsafe(`
    drop trigger if exists refuse on public.song_tags;
    drop function if exists public.refuse()`)

async function migrated(songs: number): Promise<string[]> {
  const ids = await addSongs(
    database.sql,
    Array.from({ length: songs }, () => ['Own theme']),
  )
  await runnerFor(database, { validateChecksum: false }).run()
  return ids.toSorted()
}

test('a song that cannot be taken back is put aside, named, and the others go; the next rollback tries it again', async () => {
  const ids = await migrated(40)
  const stuck = [ids[5] ?? '', ids[17] ?? '']
  await refuse(stuck)
  const first = await rollBack(database)
  expect(first).toMatchObject({
    phase: 'incomplete',
    restoredCount: 38,
    linksRemoved: 38,
    tagsRemoved: 0,
    errors: stuck.map((songId) => ({
      songId,
      error: 'Refused for the test',
      context: { sqlstate: '22023', attempts: 1 },
      recoverable: true,
    })),
  })
  expect([...(await tagsBySong(database.sql)).keys()].toSorted()).toEqual(stuck)
  const [usage] =
    await database.sql`select usage_count::integer as n from public.tags where name = 'Own theme'`
  expect(usage).toEqual({ n: 2 })

  // Still stuck: tried again, and named again.
  expect(await rollBack(database)).toMatchObject({ phase: 'incomplete', restoredCount: 38 })
  await expect(runnerFor(database).run()).rejects.toMatchObject({ code: 'busy' })

  await mend()
  expect(await rollBack(database)).toMatchObject({
    phase: 'rolled-back',
    restoredCount: 40,
    linksRemoved: 40,
    tagsRemoved: 1,
    errors: [],
  })
  expect((await tagsBySong(database.sql)).size).toBe(0)
})

test('a stuck song that is deleted does not stand in the way', async () => {
  const [stuck = ''] = await migrated(3)
  await refuse([stuck])
  expect((await rollBack(database)).phase).toBe('incomplete')
  await mend()
  await database.sql`delete from public.songs where id = ${stuck}`
  expect(await rollBack(database)).toMatchObject({ phase: 'rolled-back', restoredCount: 2, errors: [] })
})

test('what may pass is tried again, as often as was allowed, before the song is put aside', async () => {
  const ids = await migrated(1)
  await refuse(ids, '40001')
  const retried = vi.fn()
  const stubborn = runnerFor(database, { maxRetries: 2, progressCallback: ({ retries }) => retried(retries) })
  const options = { worker: 'test', sizer: new BatchSizer(100, 30) }
  expect(await stubborn.rollbackManager.rollback(null, true, options)).toMatchObject({
    phase: 'incomplete',
    errors: [{ songId: ids[0], context: { sqlstate: '40001', attempts: 3 } }],
  })
  expect(new Set(retried.mock.calls.flat())).toEqual(new Set([1, 2]))

  let mended: Promise<unknown> | undefined
  const meanwhile = fetchAnd(database, 'tag_migration_rollback_batch', () => {
    mended ??= mend()
    return mended
  })
  expect(await rollBack(database, { exact: true, fetch: meanwhile })).toMatchObject({
    phase: 'rolled-back',
    restoredCount: 1,
  })
})

test('a rollback in which most songs fail stops instead of putting all of them aside', async () => {
  const ids = await migrated(60)
  await refuse(ids)
  await expect(rollBack(database)).rejects.toMatchObject({
    code: 'too-many-errors',
    message: '20 songs could not be taken back: Refused for the test',
    detail: '22023',
  })
  await mend()
  expect(await rollBack(database)).toMatchObject({ phase: 'rolled-back', restoredCount: 60, errors: [] })
})

test('an interrupted rollback names what it put aside so far', async () => {
  const ids = await migrated(4)
  await refuse([ids[0] ?? ''])
  const stop = new AbortController()
  const stopping = fetchAnd(database, 'tag_migration_rollback_put_aside', () => stop.abort())
  expect(await rollBack(database, { signal: stop.signal, fetch: stopping })).toMatchObject({
    phase: 'paused',
    errors: [{ songId: ids[0] }],
  })
})
