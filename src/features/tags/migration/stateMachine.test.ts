import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { forgetRuns } from '../../../../scripts/testing/controlFixture.ts'
import { addSongs, addUnsyncedSongs, runnerFor } from '../../../../scripts/testing/migrationFixture.ts'
import { PlayedWorker } from '../../../../scripts/testing/playedWorker.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { BatchSizer } from './batchSizer.ts'

let database: TestDatabase
let played: PlayedWorker
beforeAll(async () => {
  database = await createTestDatabase()
  played = new PlayedWorker(database)
})
afterAll(() => database.drop())
afterEach(() => forgetRuns(database))

describe('the state machine', () => {
  const STATES = [
    'preparing',
    'running',
    'paused',
    'failed',
    'validating',
    'complete',
    'cancelled',
    'rolling_back',
    'rolled_back',
  ]

  test('takes every transition of its table and no other', async () => {
    const rows = await database.sql<{ from_status: string; to_status: string }[]>`
      select from_status, to_status from tag_migration.transition`
    const allowed = new Set(rows.map((row) => `${row.from_status} → ${row.to_status}`))
    const took: string[] = []
    const hash = '0'.repeat(64)
    await database.sql`insert into tag_migration.plan (hash) values (${hash})`
    for (const from of STATES) {
      for (const to of STATES.filter((state) => state !== from)) {
        await database.sql`delete from tag_migration.run`
        const [run] = await database.sql<{ id: string }[]>`
          insert into tag_migration.run (plan_hash, total_songs, status, rollback_to_batch)
          values (${hash}, 0, ${from}, 0) returning id`
        const { error } = await database.serviceClient.rpc('tag_migration_transition', {
          p_run: run?.id ?? '',
          p_epoch: 1,
          p_to: to,
        })
        if (error === null) took.push(`${from} → ${to}`)
        else expect(error.code).toBe('55000')
      }
    }
    await database.sql`delete from tag_migration.run`
    await database.sql`delete from tag_migration.plan where hash = ${hash}`
    expect(took.toSorted()).toEqual([...allowed].toSorted())
    expect(took).not.toContain('complete → running')
    expect(took).not.toContain('cancelled → running')
    expect(took).not.toContain('rolled_back → rolling_back')
  })

  test('takes up no run that has ended, and says what it is', async () => {
    await addSongs(database.sql, [['Grace']])
    const { runId } = await runnerFor(database).run()
    expect(await played.ask('tag_migration_resume', { p_run: runId ?? '', p_worker: 'late' })).toMatchObject({
      outcome: 'refused',
      run: { status: 'complete' },
    })
    await expect(runnerFor(database, { unfinished: 'resume' }).run()).rejects.toMatchObject({
      code: 'nothing-to-resume',
    })
  })

  test('keeps a run from being taken up that ended between the looking and the asking', async () => {
    await addSongs(database.sql, [['Grace']])
    const run = await played.takeUpRun()
    await played.transition(run, 'paused')
    // Between the two calls of the runner somebody else takes the run back.
    const interrupting: typeof fetch = async (input, init) => {
      if (String(input instanceof Request ? input.url : input).endsWith('tag_migration_resume')) {
        await runnerFor(database).rollbackManager.rollback(null, false, {
          worker: 'other',
          sizer: new BatchSizer(100, 30),
        })
      }
      return database.fetch(input, init)
    }
    await expect(runnerFor(database, {}, interrupting).run()).rejects.toMatchObject({
      code: 'busy',
      message: `Run ${run.id} is rolled back now.`,
    })
  })

  test('restarts by taking the run that did not end back first', async () => {
    await addSongs(database.sql, [['Grace'], ['Mercy']])
    const { id } = await played.takeUpRun()
    const result = await runnerFor(database, { unfinished: 'restart' }).run()
    expect(result).toMatchObject({ phase: 'complete', processedCount: 2 })
    expect(result.runId).not.toBe(id)
    const runs = await database.sql`select status from tag_migration.run order by started_at`
    expect(runs.map((run) => run.status)).toEqual(['rolled_back', 'complete'])
  })

  test('names the checkpoint of a run that did not end, and none of one that did', async () => {
    await addSongs(database.sql, [['Grace'], ['Mercy']])
    expect(await runnerFor(database).checkpoint()).toBeNull()
    const run = await played.takeUpRun()
    const [first] = await database.sql<{ id: string }[]>`select id from public.songs order by id`
    await played.batch(run, { limit: 1 })
    expect(await runnerFor(database).checkpoint()).toMatchObject({
      id: run.id,
      lastProcessedId: first?.id,
      processedCount: 1,
      checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    await runnerFor(database, { unfinished: 'resume' }).run()
    expect(await runnerFor(database).checkpoint()).toBeNull()
  })

  test('refuses to begin or to take back while another run is under way', async () => {
    await addSongs(database.sql, [['Grace']])
    const finished = await runnerFor(database).run()
    await addUnsyncedSongs(database.sql, [['Mercy']])
    const unfinished = await played.takeUpRun()
    await expect(runnerFor(database).run()).rejects.toMatchObject({ code: 'busy' })
    await expect(
      runnerFor(database).rollbackManager.rollback(finished.runId, false, {
        worker: 'test',
        sizer: new BatchSizer(100, 30),
      }),
    ).rejects.toMatchObject({ code: 'busy', message: `Run ${unfinished.id} is running.` })
  })
})
