import type { ReservedSql } from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { waitsFor } from '../../../../scripts/testing/gate.ts'
import { addSongs, startRun } from '../../../../scripts/testing/migrationFixture.ts'
import { emptyDatabase } from '../../../../scripts/testing/rollbackFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { BEFORE_ALL } from './migrationDatabase.ts'

const WORKERS = 4

interface Answer {
  outcome: string
  status?: string
  songs?: number
  run?: { epoch: number; status: string }
}
interface Worker {
  sql: ReservedSql
  pid: number
}

let database: TestDatabase
const workers: Worker[] = []
beforeAll(async () => {
  database = await createTestDatabase()
  for (let count = 0; count <= WORKERS; count += 1) {
    const sql = await database.sql.reserve()
    const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`
    workers.push({ sql, pid: row?.pid ?? 0 })
  }
})
afterAll(async () => {
  for (const { sql } of workers) sql.release()
  await database.drop()
})
afterEach(() => emptyDatabase(database))

let run: string
let epoch: number
const BATCHES = ['tag_migration_batch', 'tag_migration_rollback_batch'] as const

const [one, two, three] = [0, 1, 2].map((place) => () => {
  const worker = workers[place]
  if (worker === undefined) throw new Error('There is no such worker.')
  return worker
}) as [() => Worker, () => Worker, () => Worker]

async function batch({ sql }: Worker, name: (typeof BATCHES)[number]): Promise<Answer> {
  const [row] = await sql<{ answer: Answer }[]>`
    select ${sql.unsafe(`public.${name}`)} (${run}, ${epoch}, 1, ${BEFORE_ALL}) as answer`
  return row?.answer ?? { outcome: 'no answer' }
}
async function start({ sql }: Worker): Promise<Answer> {
  const [row] = await sql<{ answer: Answer }[]>`
    select public.tag_migration_rollback_start(${run}, false, 'ada') as answer`
  return row?.answer ?? { outcome: 'no answer' }
}
async function finish({ sql }: Worker): Promise<Answer> {
  const [row] = await sql<{ answer: Answer }[]>`
    select public.tag_migration_rollback_finish(${run}, ${epoch}) as answer`
  return row?.answer ?? { outcome: 'no answer' }
}

/** Asks for batches of one song without a pause, until the run is somebody else's. */
async function hammer(worker: Worker, name: (typeof BATCHES)[number]): Promise<Answer> {
  for (;;) {
    const answer = await batch(worker, name)
    if (answer.outcome === 'fenced') return answer
  }
}

beforeEach(async () => {
  await addSongs(database.sql, [['Grace'], ['Own theme']])
  await startRun(database)
  const { data } = await database.serviceClient.rpc('tag_migration_run')
  const found = data as unknown as { id: string; epoch: number; status: string }
  run = found.id
  const { data: resumed } = await database.serviceClient.rpc('tag_migration_resume', {
    p_run: run,
    p_worker: 'first',
  })
  epoch = (resumed as unknown as { run: { epoch: number } }).run.epoch
  for (;;) {
    const { data: prepared } = await database.serviceClient.rpc('tag_migration_prepare', {
      p_run: run,
      p_epoch: epoch,
    })
    if ((prepared as unknown as Answer).outcome === 'ready') break
  }
})

/** Everything is done and its way back begun; the epoch is that of the rollback. */
async function beginRollback(): Promise<void> {
  await batch(one(), 'tag_migration_batch')
  await batch(one(), 'tag_migration_batch')
  epoch = (await start(one())).run?.epoch ?? 0
}

describe.each([
  ['the start of a rollback', start, 'tag_migration_batch', 'rolling_back'],
  ['the end of a rollback', finish, 'tag_migration_rollback_batch', 'rolled_back'],
] as const)('%s', (_, act, name, status) => {
  beforeEach(async () => {
    if (act === finish) await beginRollback()
  })

  test('is not passed by: batches that come later wait until it has had its turn', async () => {
    await one().sql`begin`
    await batch(one(), name)
    const acting = act(two())
    await waitsFor(database.sql, two().pid, one().pid)
    const late = batch(three(), name)
    await waitsFor(database.sql, three().pid, two().pid)
    await one().sql`commit`
    expect((await acting).run).toMatchObject({ status })
    expect(await late).toMatchObject({ outcome: 'fenced', status })
  })

  test('comes while four workers leave no gap', async () => {
    const busy = workers.slice(0, WORKERS).map((worker) => hammer(worker, name))
    const last = workers[WORKERS]
    if (last === undefined) throw new Error('There is no such worker.')
    await batch(last, name)
    expect((await act(last)).run).toMatchObject({ status })
    for (const answer of await Promise.all(busy)) expect(answer).toMatchObject({ outcome: 'fenced', status })
  })
})
