import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import {
  addSongs,
  addUnsyncedSongs,
  fetchAnd,
  runnerFor,
  tagsBySong,
} from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { BatchSizer } from './batchSizer.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
afterEach(async () => {
  await database.sql`truncate public.songs, tag_migration.plan, tag_migration.run, tag_migration.journal, tag_migration.song_state cascade`
  await database.sql`update public.tags set usage_count = 0 where usage_count <> 0`
  await database.sql`delete from public.tags where not is_standard`
})

/** A run that has done the first of its songs when it is paused. */
async function pauseAfterOne(): Promise<string> {
  const stop = new AbortController()
  const stopping = fetchAnd(database, 'tag_migration_batch', () => stop.abort())
  const { phase, runId } = await runnerFor(database, { batchSize: 1, signal: stop.signal }, stopping).run()
  expect(phase).toBe('paused')
  return runId ?? ''
}

const statuses = async () =>
  (await database.sql`select status from tag_migration.run order by started_at`).map((run) => run.status)

test('a restart with a plan that does not fit any more changes nothing', async () => {
  await addSongs(database.sql, [['Grace'], ['Own theme']])
  const { plan } = await runnerFor(database).preview()
  await pauseAfterOne()
  await addUnsyncedSongs(database.sql, [['Came later']])
  const tags = await tagsBySong(database.sql)
  await expect(runnerFor(database, { unfinished: 'restart', plan }).run()).rejects.toMatchObject({
    code: 'stale-plan',
    message: 'The plan is stale: since it was made, 1 theme has come and 0 themes have gone.',
  })
  expect(await statuses()).toEqual(['paused'])
  expect(await tagsBySong(database.sql)).toEqual(tags)
  expect(await runnerFor(database).run()).toMatchObject({ phase: 'complete', processedCount: 3 })
})

test('a restart with a plan that fits the songs of the old run, too, applies it', async () => {
  const ids = await addSongs(database.sql, [['Grace'], ['Own theme']])
  const { plan } = await runnerFor(database).preview()
  await pauseAfterOne()
  const edited = {
    ...plan,
    entries: plan.entries.map((entry) =>
      entry.rawTheme === 'Own theme' ? { ...entry, tag: 'Edited' } : entry,
    ),
  }
  const result = await runnerFor(database, { unfinished: 'restart', plan: edited }).run()
  expect(result).toMatchObject({ phase: 'complete', processedCount: 2 })
  expect(await statuses()).toEqual(['rolled_back', 'complete'])
  expect((await tagsBySong(database.sql)).get(ids[1] ?? '')).toEqual(['Edited'])
})

test.each([
  [false, 'Finish that first: npm run rollback'],
  [true, 'Finish that first: npm run rollback -- --exact'],
])(
  'who loses against a run that is taken back meanwhile (exact: %s) is told how to finish that',
  async (exact, advice) => {
    await addSongs(database.sql, [['Grace'], ['Mercy']])
    let done: Promise<unknown> | undefined
    const meanwhile = fetchAnd(database, 'tag_migration_add_plan', () => {
      done ??= pauseAfterOne().then((id) =>
        runnerFor(database).rollbackManager.rollback(id, exact, {
          worker: 'other',
          sizer: new BatchSizer(100, 30),
          signal: AbortSignal.abort(),
        }),
      )
      return done
    })
    await expect(runnerFor(database, {}, meanwhile).run()).rejects.toMatchObject({
      code: 'busy',
      message: expect.stringMatching(/^Run \S+ is being rolled back by other\.$/),
      advice,
    })
  },
)
