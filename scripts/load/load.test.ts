import { afterAll, beforeAll, expect, test } from 'vitest'
import { seed } from '../seed/seed.ts'
import { migrateInProcess } from '../testing/migrateInProcess.ts'
import { createTestDatabase, type TestDatabase } from '../testing/testDatabase.ts'
import { loadFigures } from './loadFigures.ts'
import { runLoad } from './runLoad.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase({ http: true })
  const source = { songs: 60 }
  await seed({ dbUrl: database.dbUrl, source, randomSeed: 'load', whenNotEmpty: 'refuse' })
})

afterAll(() => database?.drop())

test('people use the songbook while it is migrated, and no edit is lost', async () => {
  const env = { SUPABASE_URL: database.apiUrl, SUPABASE_SECRET_KEY: database.secretKey }
  const report = await runLoad({
    target: database,
    users: 4,
    durationMs: 4000,
    thinkMs: 100,
    meanwhile: async () => {
      expect(await migrateInProcess([], env)).toMatchObject({ exitCode: 0 })
    },
    report: () => undefined,
  })
  expect(report).toMatchObject({ lost: [], timings: { errors: [], errorCount: 0 } })
  // Validation alone: links, states and themes of every song, after all that people did.
  expect(await migrateInProcess(['--validate'], env)).toMatchObject({ exitCode: 0 })
  const names = loadFigures(report, { migration: { from: 0, until: performance.now() } }).map(
    ({ name }) => name,
  )
  expect(names).toEqual(
    expect.arrayContaining(['load.search.p95', 'load.cache.tags.missed', 'load.edits.lost']),
  )
})
