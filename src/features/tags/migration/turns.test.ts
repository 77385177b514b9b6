import type { ReservedSql } from 'postgres'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { closeGate, type Gate, waitsFor } from '../../../../scripts/testing/gate.ts'
import { addSongs } from '../../../../scripts/testing/migrationFixture.ts'
import { PlayedWorker } from '../../../../scripts/testing/playedWorker.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { BEFORE_ALL } from './migrationDatabase.ts'

let database: TestDatabase
let played: PlayedWorker
let run: { id: string; epoch: number }
let gate: Gate | undefined
const connections: ReservedSql[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  await addSongs(database.sql, [['Grace'], ['Mercy'], ['Grace', 'Own theme']])
  played = new PlayedWorker(database)
  run = await played.takeUpRun()
})
afterAll(() => database.drop())
afterEach(async () => {
  await gate?.remove()
  gate = undefined
  for (const connection of connections.splice(0)) {
    await connection`rollback`
    connection.release()
  }
})

/** A worker's connection, in a transaction that is taken back when the test ends. */
async function worker(): Promise<{ pid: number; batch: (takesTurns: boolean) => Promise<unknown> }> {
  const sql = await database.sql.reserve()
  connections.push(sql)
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`
  await sql`begin`
  const batch = async (takesTurns: boolean) => {
    const [answer] = await sql`
      select public.tag_migration_batch(${run.id}, ${run.epoch}, 100, ${BEFORE_ALL}, p_takes_turns => ${takesTurns}) as answer`
    return answer?.answer as unknown
  }
  return { pid: row?.pid ?? 0, batch }
}

test('one whose turn does not come in time is told so, at the place where it was', async () => {
  const [one, other] = [await worker(), await worker()]
  expect(await one.batch(true)).toMatchObject({ songs: 3 })
  expect(await other.batch(true)).toMatchObject({ outcome: 'done', songs: 0, last: BEFORE_ALL })
})

test('batches that do not take turns pass those that do', async () => {
  const [one, other] = [await worker(), await worker()]
  expect(await one.batch(true)).toMatchObject({ songs: 3 })
  expect(await other.batch(false)).toMatchObject({ outcome: 'done', songs: 0, skipped: 3 })
})

test('of batches that take turns the second one waits until the first one has ended', async () => {
  const other = await worker()
  gate = await closeGate(database.sql, 'public.song_tags')
  const first = played.batch(run, { takesTurns: true })
  const working = await gate.reached()
  const second = other.batch(true)
  await waitsFor(database.sql, other.pid, working)
  await gate.open()
  expect(await first).toMatchObject({ outcome: 'done', songs: 3, skipped: 0 })
  expect(await second).toMatchObject({ outcome: 'done', songs: 0, skipped: 0 })
})
