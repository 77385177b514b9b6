import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { addSongs, runnerFor } from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import type { MigrationProgress } from './types.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
afterEach(async () => {
  await database.sql`truncate public.songs, tag_migration.plan, tag_migration.run, tag_migration.journal, tag_migration.song_state cascade`
  await database.sql`update public.tags set usage_count = 0 where usage_count <> 0`
})

/** The database's fetch; the answer to the n-th call of this function that it did is lost on the way. */
function losing(name: string, which: number, then: () => void = () => undefined): typeof fetch {
  let calls = 0
  return async (input, init) => {
    const response = await database.fetch(input, init)
    if (!String(input instanceof Request ? input.url : input).endsWith(`/rpc/${name}`)) return response
    calls += 1
    if (calls !== which) return response
    then()
    throw new TypeError('fetch failed')
  }
}

test('a batch whose answer was lost is counted all the same', async () => {
  await addSongs(
    database.sql,
    Array.from({ length: 30 }, () => ['Grace']),
  )
  const seen: MigrationProgress[] = []
  const result = await runnerFor(
    database,
    { batchSize: 10, progressCallback: (progress) => seen.push(progress) },
    losing('tag_migration_batch', 1),
  ).run()
  expect(result).toMatchObject({ phase: 'complete', processedCount: 30, retries: 1 })
  const migrated = seen.findLast(({ phase }) => phase === 'migrating')
  expect(migrated).toMatchObject({ processedCount: 30, batches: result.batches })
})

test('stopped while the answer to the last step is lost, a run that is complete is complete', async () => {
  await addSongs(database.sql, [['Grace'], ['Hope']])
  const stop = new AbortController()
  const seen: MigrationProgress['phase'][] = []
  const result = await runnerFor(
    database,
    { signal: stop.signal, progressCallback: ({ phase }) => seen.push(phase) },
    losing('tag_migration_transition', 2, () => stop.abort()),
  ).run()
  expect(result).toMatchObject({ phase: 'complete', processedCount: 2, certificate: expect.any(String) })
  expect(result.checks.length).toBeGreaterThan(0)
  expect(seen.at(-1)).toBe('complete')
})

test('stopped while the answer to the step before is lost, it is paused', async () => {
  await addSongs(database.sql, [['Grace'], ['Hope']])
  const stop = new AbortController()
  const result = await runnerFor(
    database,
    { signal: stop.signal },
    losing('tag_migration_transition', 1, () => stop.abort()),
  ).run()
  expect(result).toMatchObject({ phase: 'paused', processedCount: 2 })
  expect(await runnerFor(database).run()).toMatchObject({ phase: 'complete', processedCount: 2 })
})
