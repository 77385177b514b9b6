import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { addSongs } from '../../../../scripts/testing/migrationFixture.ts'
import { PlayedWorker } from '../../../../scripts/testing/playedWorker.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { BEFORE_ALL } from './migrationDatabase.ts'

let database: TestDatabase
let run: { id: string; epoch: number }
const workers: Worker[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  await addSongs(database.sql, [['Grace'], ['Mercy'], ['Grace', 'Own theme']])
  run = await new PlayedWorker(database).takeUpRun()
})
afterAll(() => database.drop())
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.end()
})

interface Worker {
  pid: number
  batch(atOnce?: number): Promise<{ songs?: number }>
  /** Takes back what it did. */
  end(): Promise<void>
}

/** A worker in a transaction that lasts until it is ended. */
async function worker(): Promise<Worker> {
  const sql = await database.sql.reserve()
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`
  await sql`begin`
  let hasEnded = false
  const made: Worker = {
    pid: row?.pid ?? 0,
    batch: async (atOnce) => {
      const [answer] = await sql<{ answer: { songs?: number } }[]>`
        select public.tag_migration_batch(${run.id}, ${run.epoch}, 100, ${BEFORE_ALL}, p_at_once => ${atOnce ?? null}) as answer`
      return answer?.answer ?? {}
    },
    end: async () => {
      if (hasEnded) return
      hasEnded = true
      await sql`rollback`
      sql.release()
    },
  }
  workers.push(made)
  return made
}

test('two are at work at a time, and one whose turn does not come in time is told so, at the place where it was', async () => {
  const [one, other, third] = [await worker(), await worker(), await worker()]
  expect(await one.batch(2)).toMatchObject({ songs: 3 })
  // It has its turn: the songs that the first one has are seen to be held.
  expect(await other.batch(2)).toMatchObject({ outcome: 'done', songs: 0, skipped: 3 })
  expect(await third.batch(2)).toMatchObject({ outcome: 'done', songs: 0, skipped: 0, last: BEFORE_ALL })
})

test('one that is to be alone is told no while another one is at work, and so are those that come after it', async () => {
  const [one, other, third] = [await worker(), await worker(), await worker()]
  expect(await one.batch(2)).toMatchObject({ songs: 3 })
  expect(await other.batch(1)).toMatchObject({ outcome: 'done', songs: 0, skipped: 0 })
  await one.end()
  expect(await other.batch(1)).toMatchObject({ songs: 3 })
  expect(await third.batch(2)).toMatchObject({ outcome: 'done', songs: 0, skipped: 0 })
})

test('batches that do not take turns pass those that do', async () => {
  const [one, other, third] = [await worker(), await worker(), await worker()]
  expect(await one.batch(2)).toMatchObject({ songs: 3 })
  await other.batch(2)
  expect(await third.batch()).toMatchObject({ outcome: 'done', songs: 0, skipped: 3 })
})

test('a third one waits for one of the two, and does its work when that has ended', async () => {
  const [one, other, third] = [await worker(), await worker(), await worker()]
  expect(await one.batch(2)).toMatchObject({ songs: 3 })
  await other.batch(2)
  const waiting = third.batch(2)
  const blocker = await blockerOf(third.pid)
  expect([one.pid, other.pid]).toContain(blocker)
  await Promise.all([one.end(), other.end()])
  // Told no only by a machine so busy that a second went by; then it comes again.
  const told = await waiting
  expect(told.songs === 0 ? await third.batch(2) : told).toMatchObject({ outcome: 'done', songs: 3 })
})

/** The process that this one waits for, as soon as it does. */
async function blockerOf(pid: number): Promise<number> {
  for (;;) {
    const [row] = await database.sql<{ pids: number[] }[]>`select pg_blocking_pids(${pid}) as pids`
    if (row?.pids[0] !== undefined) return row.pids[0]
  }
}
