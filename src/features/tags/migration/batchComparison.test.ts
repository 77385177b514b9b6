import { afterAll, beforeAll, expect, test } from 'vitest'
import { addSongs, changeBatches, runnerFor } from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { tamper } from '../../../../scripts/testing/validationFixture.ts'
import { BatchComparison } from './batchComparison.ts'
import { createMigrationClient } from './migrationClient.ts'
import { AFTER_ALL, BEFORE_ALL, MigrationDatabase } from './migrationDatabase.ts'

let database: TestDatabase
let run: { id: string }
let numbers: number[]
beforeAll(async () => {
  database = await createTestDatabase()
  const themes = Array.from({ length: 90 }, (_, n) => ['Grace', `Theme ${n % 5}`])
  await addSongs(database.sql, themes)
  const inSevens = changeBatches(database.fetch, () => ({ p_limit: 7, p_most: 7 }))
  run = { id: (await runnerFor(database, {}, inSevens).run()).runId ?? '' }
  const rows = await database.sql<{ number: string }[]>`
    select number from tag_migration.batch order by first_song, number`
  numbers = rows.map(({ number }) => Number(number))
})
afterAll(() => database.drop())

test('looks at each batch once, however few songs a call may cover', async () => {
  const seen: number[] = []
  type Place = { song: string; number: number }
  let place: Place | null = { song: BEFORE_ALL, number: 0 }
  while (place) {
    const [row]: { answer: { batches: number; last: Place | null } }[] = await database.sql`
      select public.tag_migration_validate_batches(
        ${run.id}, ${place.song}, ${place.number}, ${AFTER_ALL}, 20
      ) as answer`
    seen.push(row?.answer.batches ?? 0)
    place = row?.answer.last ?? null
  }
  expect(seen.length).toBeGreaterThan(3)
  expect(seen.reduce((sum, batches) => sum + batches)).toBe(numbers.length)
})

test('finds every batch that was changed, whichever part it belongs to, and no other', async () => {
  const policy = { maxRetries: 0, delayMs: 0, sleep: async () => {}, random: () => 0, onRetry: () => {} }
  const client = createMigrationClient(database.apiUrl, database.secretKey, database.fetch)
  const compare = async () => {
    const comparison = new BatchComparison(new MigrationDatabase(client, policy), run, 2)
    await Promise.all(comparison.parts.map((part) => part()))
    return comparison.check
  }
  expect(await compare()).toMatchObject({ ok: true, actual: 0 })
  const changed = numbers.filter((_, index) => index % 3 !== 1)
  await tamper(
    database.sql,
    (sql) => sql`update tag_migration.batch set links = links + 1 where number = any (${changed})`,
  )
  expect(await compare()).toMatchObject({
    ok: false,
    actual: changed.length,
    differences: changed.toSorted((one, other) => one - other),
  })
})
