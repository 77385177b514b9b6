import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { addSongs, fetchAnd, runnerFor } from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { BatchSizer } from './batchSizer.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
afterEach(async () => {
  await database.sql.unsafe(`
    drop trigger if exists refuse on public.song_tags;
    drop function if exists public.refuse()`)
  await database.sql`truncate public.songs, tag_migration.plan, tag_migration.run, tag_migration.journal, tag_migration.song_state cascade`
  await database.sql`delete from public.tags where not is_standard`
  await database.sql`update public.tags set usage_count = 0 where usage_count <> 0`
})

/** What somebody else does at another terminal: once, whenever it is asked for. */
const once = (act: () => PromiseLike<unknown>) => {
  let done: PromiseLike<unknown> | undefined
  return () => {
    done ??= act()
    return done
  }
}
const takeOver = () =>
  once(() => database.sql`select public.tag_migration_resume(id, 'usurper') from tag_migration.run`.execute())
const deleteRun = () => once(() => database.sql`delete from tag_migration.run`.execute())
const latestRun = async () => (await database.serviceClient.rpc('tag_migration_run')).data
const rollBack = (fetchImplementation: typeof fetch = database.fetch) =>
  runnerFor(database, {}, fetchImplementation).rollbackManager.rollback(null, true, {
    worker: 'test',
    sizer: new BatchSizer(100, 30),
  })
const takeOverBack = () =>
  once(() =>
    database.sql`select public.tag_migration_rollback_start(id, true, 'usurper') from tag_migration.run`.execute(),
  )

/** Makes every link of these songs fail. */
const refuseLinksOf = (ids: string[], sqlstate = '22023') =>
  database.sql.unsafe(`
    create function public.refuse() returns trigger language plpgsql as $$
    begin
      if coalesce(new.song_id, old.song_id) = any ('{${ids.join(',')}}') then
        raise exception using errcode = '${sqlstate}', message = 'Refused for the test';
      end if;
      return coalesce(new, old);
    end $$;
    create trigger refuse before insert or delete on public.song_tags for each row execute function public.refuse()`)

test.each(['start', 'prepare', 'batch', 'fold', 'validate_songs'])(
  'a worker that is taken over after tag_migration_%s stops at its next step and leaves the run alone',
  async (name) => {
    await addSongs(database.sql, [['Grace'], ['Own theme']])
    const reported = vi.fn()
    const taken = fetchAnd(database, `tag_migration_${name}`, takeOver())
    await expect(runnerFor(database, { progressCallback: reported }, taken).run()).rejects.toMatchObject({
      code: 'taken-over',
      message: expect.stringContaining('taken over by usurper'),
    })
    expect(await latestRun()).toMatchObject({ epoch: 2, worker: 'usurper', failure: null })
    expect(reported).toHaveBeenLastCalledWith(
      expect.objectContaining({ errors: [expect.objectContaining({ songId: 'system', recoverable: true })] }),
    )
    expect(await runnerFor(database, { unfinished: 'resume' }).run()).toMatchObject({
      phase: 'complete',
      processedCount: 2,
    })
  },
)

test('a worker that is taken over before it takes up a new theme makes no tag', async () => {
  const [song = ''] = await addSongs(database.sql, [['Grace']])
  const runner = runnerFor(
    database,
    {
      onPlan: () =>
        database.sql`update public.songs set themes = '{Unheard}' where id = ${song}`.then(() => undefined),
    },
    fetchAnd(database, 'tag_migration_batch', takeOver()),
  )
  await expect(runner.run()).rejects.toMatchObject({ code: 'taken-over' })
  expect(await database.sql`select from public.tags where name = 'Unheard'`).toHaveLength(0)
})

test('a worker that is taken over before it puts a song aside puts none aside', async () => {
  const ids = await addSongs(database.sql, [['Grace']])
  await refuseLinksOf(ids)
  const taken = fetchAnd(database, 'tag_migration_batch', takeOver())
  await expect(runnerFor(database, {}, taken).run()).rejects.toMatchObject({ code: 'taken-over' })
  expect(await database.sql`select from tag_migration.quarantine`).toHaveLength(0)
})

test('a failing worker that is taken over does not roll the other’s run back', async () => {
  const ids = await addSongs(database.sql, [['Grace'], ['Mercy']])
  await refuseLinksOf(ids)
  const taken = fetchAnd(database, 'tag_migration_quarantine', takeOver())
  const runner = runnerFor(
    database,
    { rollbackOnFailure: true, errorLimits: { atLeast: 1, share: 0 } },
    taken,
  )
  await expect(runner.run()).rejects.toMatchObject({ code: 'too-many-errors' })
  expect(await latestRun()).toMatchObject({ status: 'running', worker: 'usurper', failure: null })
})

test('a run that somebody else starts between the looking and the asking is left to them', async () => {
  await addSongs(database.sql, [['Grace']])
  const stop = new AbortController()
  const other = once(() =>
    runnerFor(
      database,
      { worker: 'faster', signal: stop.signal },
      fetchAnd(database, 'tag_migration_prepare', () => stop.abort()),
    ).run(),
  )
  const runner = runnerFor(database, {}, fetchAnd(database, 'tag_migration_add_plan', other))
  await expect(runner.run()).rejects.toMatchObject({
    code: 'busy',
    message: expect.stringContaining('was started meanwhile by faster'),
  })
  expect(await latestRun()).toMatchObject({ status: 'paused', worker: 'faster', epoch: 1 })
})

test('a plan of which only a part arrived starts nothing', async () => {
  await addSongs(database.sql, [['Grace'], ['Mercy']])
  const swallowing: typeof fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    return url.endsWith('/rpc/tag_migration_add_plan')
      ? new Response(null, { status: 204 })
      : database.fetch(input, init)
  }
  await expect(runnerFor(database, {}, swallowing).run()).rejects.toMatchObject({
    code: 'database',
    message: 'Only 0 of 2 plan entries arrived.',
  })
  expect(await latestRun()).toBeNull()
})

test.each(['complete', 'paused'])(
  'a run that is deleted as it becomes %s is reported as gone',
  async (phase) => {
    await addSongs(database.sql, [['Grace']])
    const stop = new AbortController()
    const deleting = deleteRun()
    let transitions = 0
    const fetches = fetchAnd(database, 'tag_migration_transition', () => {
      transitions += 1
      return transitions === (phase === 'complete' ? 2 : 1) ? deleting() : undefined
    })
    const runner = runnerFor(
      database,
      {
        signal: stop.signal,
        progressCallback: (progress) => {
          if (phase === 'paused' && progress.phase === 'migrating') stop.abort()
        },
      },
      fetches,
    )
    await expect(runner.run()).rejects.toMatchObject({ code: 'unknown-run' })
  },
)

test('an error of the program itself leaves the run failed and resumable, and is thrown as it is', async () => {
  await addSongs(database.sql, [['Grace']])
  const mistake = new TypeError('The view is broken.')
  const runner = runnerFor(database, {
    progressCallback: ({ phase, errors }) => {
      if (phase === 'migrating' && errors.length === 0) throw mistake
    },
  })
  await expect(runner.run()).rejects.toBe(mistake)
  expect(await latestRun()).toMatchObject({
    status: 'failed',
    failure: { code: 'unexpected', message: 'The view is broken.' },
  })
  expect(await runnerFor(database).run()).toMatchObject({ phase: 'complete' })
})

test('a database that is broken is not blamed on a song', async () => {
  await addSongs(database.sql, [['Grace']])
  const breaking = once(() =>
    database.sql`alter table tag_migration.quarantine rename to quarantine_hidden`.execute(),
  )
  // The first answer says that no writer is under way any more, the second that the tags are there.
  const broken = fetchAnd(database, 'tag_migration_prepare', (answers) => answers === 2 && breaking())
  await expect(runnerFor(database, {}, broken).run()).rejects.toMatchObject({
    code: 'database',
    detail: '42P01',
    transient: false,
  })
  await database.sql`alter table tag_migration.quarantine_hidden rename to quarantine`
  expect(await database.sql`select from tag_migration.quarantine`).toHaveLength(0)
  expect(await runnerFor(database, { unfinished: 'resume' }).run()).toMatchObject({ phase: 'complete' })
})

test('a run that goes on tells of the songs that an earlier session put aside', async () => {
  const ids = await addSongs(database.sql, [['Grace'], ['Grace'], ['Grace']])
  await refuseLinksOf([ids[0] ?? ''])
  const stop = new AbortController()
  const stopping = fetchAnd(database, 'tag_migration_quarantine', () => stop.abort())
  const paused = await runnerFor(database, { signal: stop.signal }, stopping).run()
  expect(paused.phase).toBe('paused')
  const expected = { songId: ids[0], error: 'Refused for the test', recoverable: false }
  expect(paused.errors).toEqual([expect.objectContaining(expected)])

  const result = await runnerFor(database).run()
  expect(result).toMatchObject({ phase: 'complete', processedCount: 2 })
  expect(result.errors).toEqual([{ ...expected, context: { sqlstate: '22023', attempts: 1 } }])
})

test('a rollback that is under way must be finished in the form it was begun', async () => {
  await addSongs(database.sql, [['Grace'], ['Mercy']])
  await runnerFor(database).run()
  const back = (exact: boolean, signal?: AbortSignal) =>
    runnerFor(database).rollbackManager.rollback(null, exact, {
      worker: 'test',
      sizer: new BatchSizer(100, 30),
      ...(signal ? { signal } : {}),
    })
  expect(await back(false, AbortSignal.abort())).toMatchObject({ phase: 'paused', restoredCount: 0 })
  await expect(back(true)).rejects.toMatchObject({
    code: 'busy',
    message: expect.stringContaining('in its default form'),
    advice: 'Go on with: npm run rollback',
  })
  await expect(runnerFor(database).run()).rejects.toMatchObject({
    code: 'busy',
    advice: 'Finish that first: npm run rollback',
  })
  expect(await back(false)).toMatchObject({ phase: 'rolled-back', restoredCount: 2 })
})

test('of a restart that is interrupted while it takes back, the rest can be taken back later', async () => {
  await addSongs(database.sql, [['Grace']])
  const pause = new AbortController()
  await runnerFor(
    database,
    { signal: pause.signal },
    fetchAnd(database, 'tag_migration_batch', () => pause.abort()),
  ).run()
  const stop = new AbortController()
  const stopping = fetchAnd(database, 'tag_migration_rollback_start', () => stop.abort())
  const restart = runnerFor(database, { unfinished: 'restart', signal: stop.signal }, stopping).run()
  await expect(restart).rejects.toMatchObject({ code: 'stopped' })
  expect(await latestRun()).toMatchObject({ status: 'rolling_back' })
  expect(
    await runnerFor(database).rollbackManager.rollback(null, false, {
      worker: 'test',
      sizer: new BatchSizer(100, 30),
    }),
  ).toMatchObject({ phase: 'rolled-back' })
})

test.each(['rollback_start', 'rollback_batch', 'rollback_tags'])(
  'a rollback that is taken over after tag_migration_%s stops, and the other finishes it',
  async (name) => {
    await addSongs(database.sql, [['Grace'], ['Own theme']])
    await runnerFor(database).run()
    const calls = once(takeOverBack())
    await expect(rollBack(fetchAnd(database, `tag_migration_${name}`, calls))).rejects.toMatchObject({
      code: 'taken-over',
      message: expect.stringContaining('by usurper; it is rolling back now'),
    })
    await rollBack()
    expect(await database.sql`select from public.song_tags`).toHaveLength(0)
    expect(await latestRun()).toMatchObject({ status: 'rolled_back', songsRestored: 2 })
  },
)

test('a rollback that is taken over before its last word leaves that to the other', async () => {
  await addSongs(database.sql, [['Own theme']])
  await runnerFor(database).run()
  let calls = 0
  const taking = takeOverBack()
  const taken = fetchAnd(database, 'tag_migration_rollback_tags', () => {
    calls += 1
    // The second call finds no tag left; what follows is the last word.
    return calls === 2 ? taking() : undefined
  })
  await expect(rollBack(taken)).rejects.toMatchObject({ code: 'taken-over' })
  expect(await latestRun()).toMatchObject({ status: 'rolling_back', worker: 'usurper' })
})

test('a run that is deleted before it can be taken back is reported as unknown', async () => {
  await addSongs(database.sql, [['Grace']])
  await runnerFor(database).run()
  await expect(rollBack(fetchAnd(database, 'tag_migration_run', deleteRun()))).rejects.toMatchObject({
    code: 'unknown-run',
    message: 'There is no run to roll back.',
  })
  await expect(
    runnerFor(database).rollbackManager.plan('00000000-0000-4000-8000-000000000000', true),
  ).rejects.toMatchObject({ message: 'There is no run 00000000-0000-4000-8000-000000000000.' })
})
