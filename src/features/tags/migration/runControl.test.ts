import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { controlOf, doorTo, forgetRuns } from '../../../../scripts/testing/controlFixture.ts'
import { waitsFor } from '../../../../scripts/testing/gate.ts'
import { addSongs, fetchAnd, runnerFor, tagsBySong } from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { BatchSizer } from './batchSizer.ts'
import { BEFORE_ALL } from './migrationDatabase.ts'
import { readStatus } from './runStatus.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
afterEach(() => forgetRuns(database))

const control = (fetchImplementation?: typeof fetch) => controlOf(database, fetchImplementation)
const addFive = () => addSongs(database.sql, [['Grace'], ['Grace'], ['Hope'], ['Own theme'], null])
const rollBack = () =>
  runnerFor(database).rollbackManager.rollback(null, true, { worker: 'test', sizer: new BatchSizer(100, 30) })

/** A run that somebody stops in this way after its first batch of one song; rejects as its worker does. */
async function stopAfterOne(how: 'pause' | 'cancel'): Promise<unknown> {
  await addFive()
  let stopped: Promise<unknown> | undefined
  const stopping = fetchAnd(database, 'tag_migration_batch', () => {
    stopped ??= control()[how]()
    return stopped
  })
  return runnerFor(database, { batchSize: 1, worker: 'first' }, stopping)
    .run()
    .catch((error: unknown) => error)
}

async function usageIsExact(): Promise<boolean> {
  const wrong = await database.sql`
    select from public.tags as t
    where t.usage_count <> (select count(*) from public.song_tags as l where l.tag_id = t.id)`
  return wrong.length === 0
}

describe('pausing from outside', () => {
  test('ends the worker after its batch, by name, and the run can go on', async () => {
    expect(await stopAfterOne('pause')).toMatchObject({
      code: 'paused',
      message: 'The run was paused by ada; everything done is saved.',
      advice: 'Go on with: npm run migrate -- --resume',
    })
    const { run, events } = await readStatus(doorTo(database))
    expect(run).toMatchObject({ status: 'paused', epoch: 2, songs: 1, worker: 'ada', failure: null })
    expect(events.at(-1)).toMatchObject({
      from: 'running',
      to: 'paused',
      worker: 'ada',
      reason: 'a person interrupted; the checkpoint stands',
    })
    expect(await usageIsExact()).toBe(true)
    expect(await runnerFor(database).run()).toMatchObject({ phase: 'complete', processedCount: 5 })
  })

  test('twice says that it was', async () => {
    await stopAfterOne('pause')
    expect(await control().pause()).toMatchObject({ already: true, run: { status: 'paused', epoch: 2 } })
  })

  test('whose answer was lost is paused once', async () => {
    await addFive()
    let calls = 0
    const losing: typeof fetch = async (input, init) => {
      const response = await database.fetch(input, init)
      if (!String(input instanceof Request ? input.url : input).endsWith('/rpc/tag_migration_stop'))
        return response
      calls += 1
      if (calls === 1) throw new TypeError('fetch failed')
      return response
    }
    const pausing = fetchAnd(database, 'tag_migration_prepare', () => control(losing).pause())
    await expect(runnerFor(database, {}, pausing).run()).rejects.toMatchObject({ code: 'paused' })
    const { events } = await readStatus(doorTo(database))
    expect(events.map((event) => event.to)).toEqual(['preparing', 'paused'])
  })

  test('is not passed by: batches that come later wait until it has had its turn', async () => {
    await addFive()
    let stop: Promise<unknown> | undefined
    const stopping = fetchAnd(database, 'tag_migration_prepare', () => {
      stop ??= control().pause()
      return stop
    })
    await runnerFor(database, {}, stopping)
      .run()
      .catch(() => undefined)
    const { id, epoch } = await resume()
    const [early, person, late] = await Promise.all([1, 2, 3].map(() => database.sql.reserve()))
    if (!early || !person || !late) throw new Error('No connections.')
    const pids = await Promise.all(
      [early, person, late].map(async (sql) => {
        const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`
        return row?.pid ?? 0
      }),
    )
    const batch = (sql: typeof early) => sql<{ answer: { outcome: string } }[]>`
      select public.tag_migration_batch(${id}, ${epoch}, 1, ${BEFORE_ALL}) as answer`
    try {
      await early`begin`
      await batch(early)
      const pausing = person`select public.tag_migration_stop(${id}, 'paused', 'ada')`.execute()
      await waitsFor(database.sql, pids[1] ?? 0, pids[0] ?? 0)
      const batching = batch(late).execute()
      await waitsFor(database.sql, pids[2] ?? 0, pids[1] ?? 0)
      await early`commit`
      await pausing
      expect((await batching)[0]?.answer).toMatchObject({ outcome: 'fenced', status: 'paused' })
    } finally {
      for (const sql of [early, person, late]) sql.release()
    }
  })
})

describe('cancelling', () => {
  test('keeps what was done; a new run migrates the rest', async () => {
    expect(await stopAfterOne('cancel')).toMatchObject({
      code: 'cancelled',
      message: 'The run was cancelled by ada; what it did stays.',
    })
    expect((await tagsBySong(database.sql)).size).toBeLessThanOrEqual(1)
    expect(await usageIsExact()).toBe(true)
    await expect(runnerFor(database, { unfinished: 'resume' }).run()).rejects.toMatchObject({
      code: 'nothing-to-resume',
    })
    expect(await runnerFor(database).run()).toMatchObject({ phase: 'complete', processedCount: 4 })
    expect((await tagsBySong(database.sql)).size).toBe(4)
    const runs = await control().runs()
    expect(runs.map((run) => run.status)).toEqual(['complete', 'cancelled'])
  })

  test('can be taken back', async () => {
    await stopAfterOne('cancel')
    expect(await rollBack()).toMatchObject({ phase: 'rolled-back', restoredCount: 1 })
    expect((await tagsBySong(database.sql)).size).toBe(0)
  })

  test('ends a run that is paused or has failed, too', async () => {
    await stopAfterOne('pause')
    expect(await control().cancel()).toMatchObject({ already: false, run: { status: 'cancelled' } })
    await forgetRuns(database)
    await addFive()
    const broken = runnerFor(database, {
      progressCallback: ({ phase, errors }) => {
        if (phase === 'migrating' && errors.length === 0) throw new TypeError('broken')
      },
    })
    await expect(broken.run()).rejects.toThrow('broken')
    expect(await control().cancel()).toMatchObject({ already: false, run: { status: 'cancelled' } })
  })
})

describe('nothing to stop', () => {
  test('where there is no run, or only one that has ended', async () => {
    const expected = { code: 'unknown-run', message: 'There is no run to pause.' }
    await expect(control().pause()).rejects.toMatchObject(expected)
    await addFive()
    await runnerFor(database).run()
    await expect(control().pause()).rejects.toMatchObject(expected)
    await expect(control().cancel()).rejects.toMatchObject({ message: 'There is no run to cancel.' })
  })

  test('in a run that has failed is to be paused, and in one that is taken back nothing at all', async () => {
    await stopAfterOne('pause')
    await database.sql`update tag_migration.run set status = 'running'`
    await database.sql`update tag_migration.run set status = 'failed'`
    await expect(control().pause()).rejects.toMatchObject({
      code: 'busy',
      message: expect.stringMatching(/^Run \S+ is failed, so there is nothing to pause\.$/),
      advice: 'Go on with: npm run migrate -- --resume',
    })
    await database.sql`update tag_migration.run set status = 'rolling_back', rollback_to_batch = 0`
    await expect(control().pause()).rejects.toMatchObject({ code: 'busy' })
    await expect(control().cancel()).rejects.toMatchObject({ code: 'busy' })
  })

  test('but as paused or as cancelled', async () => {
    const { error } = await database.serviceClient.rpc('tag_migration_stop', {
      p_run: BEFORE_ALL,
      p_to: 'complete',
      p_worker: 'ada',
    })
    expect(error?.code).toBe('22023')
  })
})

test('the status has a rate while batches end, and none a few seconds after the last one', async () => {
  await addFive()
  await runnerFor(database).run()
  expect((await readStatus(doorTo(database))).rate).toBeGreaterThan(0)
  await database.sql`update tag_migration.batch set finished_at = finished_at - interval '4 seconds'`
  expect((await readStatus(doorTo(database))).rate).toBeNull()
})

async function resume(): Promise<{ id: string; epoch: number }> {
  const [row] = await database.sql<{ run: { id: string; epoch: number } }[]>`
    select public.tag_migration_resume(id, 'first') -> 'run' as run from tag_migration.run`
  if (row === undefined) throw new Error('No run.')
  // Resumed before it was prepared.
  await database.sql`update tag_migration.run set status = 'running'`
  return row.run
}
