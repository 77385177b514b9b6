import { afterAll, beforeAll, expect, test } from 'vitest'
import { BatchSizer } from '../../../src/features/tags/migration/batchSizer.ts'
import { seed } from '../../seed/seed.ts'
import { runnerFor } from '../../testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../testing/testDatabase.ts'
import { readOutcome } from './outcome.ts'
import { keepPlan, runSingleTransaction } from './singleTransaction.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

test('the peer leaves what the engine leaves, links that were there before and merged tags included', async () => {
  const { sql, dbUrl } = database
  await seed({ dbUrl, source: { songs: 300 }, randomSeed: 'peer', whenNotEmpty: 'refuse' })
  await sql`
    update public.tags set merged_into = (select t.id from public.tags as t where t.name = 'Praise')
    where name = 'Worship'`
  await sql`
    insert into public.song_tags (song_id, tag_id)
    select s.id, t.id from public.songs as s cross join public.tags as t where t.name in ('Grace', 'Lent')`
  await runnerFor(database).run()
  const engine = await readOutcome(sql)
  await keepPlan(sql)
  await runnerFor(database).rollbackManager.rollback(null, true, {
    worker: 'test',
    sizer: new BatchSizer(100, 1000),
  })
  await sql`truncate tag_migration.journal`

  expect(await runSingleTransaction(sql)).toBeGreaterThan(0)
  expect(await readOutcome(sql)).toEqual(engine)
})
