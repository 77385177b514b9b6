import type { ReservedSql } from 'postgres'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { closeGate, type Gate, waitsFor } from '../../../../scripts/testing/gate.ts'
import { addSongs } from '../../../../scripts/testing/migrationFixture.ts'
import { PlayedWorker } from '../../../../scripts/testing/playedWorker.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { BEFORE_ALL } from './migrationDatabase.ts'

const SONGS = 40
/** The fewest that a step does. */
const FIRST_STEP = 10

let database: TestDatabase
let played: PlayedWorker
let songs: string[]
let run: { id: string; epoch: number }
let gate: Gate | undefined
const connections: ReservedSql[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  songs = (
    await addSongs(
      database.sql,
      Array.from({ length: SONGS }, () => ['Grace']),
    )
  ).toSorted()
  played = new PlayedWorker(database)
  run = await played.takeUpRun()
})
afterAll(() => database.drop())
afterEach(async () => {
  await gate?.remove()
  gate = undefined
  for (const connection of connections.splice(0)) connection.release()
})

/** With all the time that it needs, in steps that a gate makes as long as one likes. */
async function batch(): Promise<Record<string, unknown>> {
  return await played.ask('tag_migration_batch', {
    p_run: run.id,
    p_epoch: run.epoch,
    p_limit: SONGS,
    p_after: BEFORE_ALL,
    p_budget_ms: 3_600_000,
    p_step_ms: 3_600_000,
    p_first: 1,
  })
}

test('a batch ends after the step for which somebody waits, and goes on to its end when nobody does', async () => {
  const [person] = [await database.sql.reserve()]
  connections.push(person)
  const [row] = await person<{ pid: number }[]>`select pg_backend_pid() as pid`
  gate = await closeGate(database.sql, 'public.song_tags')
  const working = batch()
  const worker = await gate.reached()
  const saved = person`update public.songs set title = 'New' where id = ${songs[0] ?? ''}`.execute()
  await waitsFor(database.sql, row?.pid ?? 0, worker)
  await gate.open()
  expect(await working).toMatchObject({
    outcome: 'done',
    songs: FIRST_STEP,
    last: songs[FIRST_STEP - 1],
    writerWaits: true,
  })
  await saved

  expect(await batch()).toMatchObject({ outcome: 'done', songs: SONGS - FIRST_STEP, writerWaits: false })
})
