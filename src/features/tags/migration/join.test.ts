import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { controlOf, doorTo, forgetRuns } from '../../../../scripts/testing/controlFixture.ts'
import { closeGate, type Gate } from '../../../../scripts/testing/gate.ts'
import { addSongs, fetchAnd, runnerFor } from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { readStatus } from './runStatus.ts'
import type { MigrationConfig } from './types.ts'

let database: TestDatabase
let gate: Gate | undefined
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
afterEach(async () => {
  await gate?.remove()
  gate = undefined
  await forgetRuns(database)
})

const SONGS = 30
const addMany = () =>
  addSongs(
    database.sql,
    Array.from({ length: SONGS }, (_, n) => ['Grace', `Theme ${n % 3}`]),
  )
const joining = (config: Partial<MigrationConfig> = {}, fetchImplementation?: typeof fetch) =>
  runnerFor(
    database,
    { unfinished: 'join', worker: 'second', batchSize: 10, maxRetries: 50, ...config },
    fetchImplementation,
  )
const status = () => readStatus(doorTo(database))

/** A run whose worker has died in the middle, with so many of its songs done. */
async function abandonAt(name: string): Promise<void> {
  await addMany()
  let isDead = false
  const dying: typeof fetch = async (input, init) => {
    const url = String(input instanceof Request ? input.url : input)
    if (isDead) throw new TypeError('fetch failed')
    const response = await database.fetch(input, init)
    if (url.endsWith(`/rpc/${name}`)) isDead = true
    return response
  }
  const first = runnerFor(database, { worker: 'first', batchSize: 10, maxRetries: 0 }, dying)
  await expect(first.run()).rejects.toMatchObject({ code: 'unreachable' })
}

test('two work on one run, in one epoch, and no song is done twice', async () => {
  await addMany()
  gate = await closeGate(database.sql, 'public.song_tags')
  const first = runnerFor(database, { worker: 'first', batchSize: 10, maxRetries: 50 }).run()
  await gate.reached()
  let answers = 0
  const counting = fetchAnd(database, 'tag_migration_batch', async () => {
    answers += 1
    // The songs that the first one holds are all that is left by then.
    if (answers === 4) await gate?.open()
  })
  const [one, two] = await Promise.all([first, joining({}, counting).run()])
  expect(one).toMatchObject({ phase: 'complete', processedCount: SONGS })
  expect(two).toMatchObject({ phase: 'complete', runId: one.runId, certificate: one.certificate })
  const { run, workers, events } = await status()
  expect(run).toMatchObject({ epoch: 1, songs: SONGS })
  expect(Object.fromEntries(workers.map((worker) => [worker.name, worker.songs]))).toEqual({
    first: expect.any(Number),
    second: expect.any(Number),
  })
  expect(workers.every((worker) => worker.songs > 0 && worker.leftAt !== null)).toBe(true)
  expect(events.map((event) => event.to)).toEqual(['preparing', 'running', 'validating', 'complete'])
})

test.each(['tag_migration_start', 'tag_migration_prepare', 'tag_migration_batch'])(
  'one that joins finishes by itself what a worker left that died after %s',
  async (name) => {
    await abandonAt(name)
    expect(await joining().run()).toMatchObject({
      phase: 'complete',
      processedCount: SONGS,
      certificate: expect.any(String),
    })
    const { run, events } = await status()
    expect(run).toMatchObject({ epoch: 1 })
    expect(events.at(-1)).toMatchObject({ to: 'complete', worker: 'second' })
  },
)

test('one that joins validates when whoever should have shows no sign of life any more', async () => {
  await abandonAt('tag_migration_transition')
  expect((await status()).run).toMatchObject({ status: 'validating', worker: 'first' })
  // As if it had died a while ago.
  await database.sql`update tag_migration.worker set seen_at = seen_at - interval '1 minute'`
  await database.sql`update tag_migration.batch set finished_at = finished_at - interval '1 minute'`
  const result = await joining().run()
  expect(result).toMatchObject({ phase: 'complete', certificate: expect.any(String) })
  expect(result.checks.length).toBeGreaterThan(0)
})

test('one that joins waits while another validates, says so, and ends with it', async () => {
  await addMany()
  let validate = () => {}
  const isAllowed = new Promise<void>((resolve) => {
    validate = resolve
  })
  let isValidating = () => {}
  const reached = new Promise<void>((resolve) => {
    isValidating = resolve
  })
  const slow = fetchAnd(database, 'tag_migration_transition', (answers) => {
    if (answers > 1) return undefined
    isValidating()
    return isAllowed
  })
  const first = runnerFor(database, { worker: 'first' }, slow).run()
  await reached
  const waits: (string | undefined)[] = []
  const second = joining({
    progressCallback: ({ waitingFor }) => {
      waits.push(waitingFor)
      if (waitingFor !== undefined) validate()
    },
  }).run()
  const [one, two] = await Promise.all([first, second])
  expect(one.checks.length).toBeGreaterThan(0)
  expect(two).toMatchObject({ phase: 'complete', certificate: one.certificate, checks: [] })
  expect(waits).toContain('first validates')
})

test('who joined and is interrupted leaves, and the run goes on', async () => {
  await addMany()
  await abandonBeforeBatches()
  const stop = new AbortController()
  const stopping = fetchAnd(database, 'tag_migration_batch', () => stop.abort())
  const left = await joining({ signal: stop.signal }, stopping).run()
  expect(left).toMatchObject({ phase: 'left', processedCount: 10 })
  expect((await status()).run).toMatchObject({ status: 'running', epoch: 1 })
  expect(await joining().run()).toMatchObject({ phase: 'complete', processedCount: SONGS })
})

test('who joined and fails leaves the run alone', async () => {
  await addMany()
  await abandonBeforeBatches()
  const mistake = new TypeError('The view is broken.')
  const failing = joining({
    progressCallback: ({ phase }) => {
      if (phase === 'migrating') throw mistake
    },
  })
  await expect(failing.run()).rejects.toBe(mistake)
  expect((await status()).run).toMatchObject({ status: 'running', failure: null })
})

test('both stop when somebody pauses the run', async () => {
  await addMany()
  await abandonBeforeBatches()
  let paused: Promise<unknown> | undefined
  const pausing = fetchAnd(database, 'tag_migration_batch', () => {
    paused ??= controlOf(database).pause()
    return paused
  })
  const both = [joining({}, pausing).run(), joining({ worker: 'third' }, pausing).run()]
  for (const end of await Promise.allSettled(both))
    expect(end).toMatchObject({ status: 'rejected', reason: { code: 'paused' } })
})

test('there must be a run to join, and somebody at work on it', async () => {
  await addMany()
  await expect(joining().run()).rejects.toMatchObject({
    code: 'nothing-to-resume',
    message: 'There is no run to join.',
  })
  await abandonBeforeBatches()
  await controlOf(database).pause()
  await expect(joining().run()).rejects.toMatchObject({
    code: 'nothing-to-resume',
    message: expect.stringMatching(/^Run \S+ is paused: nobody works on it\.$/),
    advice: 'Go on with: npm run migrate -- --resume',
  })
})

test('without joining, a second one is told what is running and how to join', async () => {
  await addMany()
  await abandonBeforeBatches()
  await expect(runnerFor(database, { worker: 'second' }).run()).rejects.toMatchObject({
    code: 'busy',
    message: expect.stringMatching(/^Run \S+ is at work: first, 0 of 30 songs\.$/),
    advice: expect.stringContaining('join it with: npm run migrate -- --join'),
  })
})

/** A run that is prepared, and whose worker is gone without a word. */
async function abandonBeforeBatches(): Promise<void> {
  const gone: typeof fetch = (input, init) => {
    const url = String(input instanceof Request ? input.url : input)
    return /tag_migration_(batch|transition|fold|report)$/.test(url)
      ? Promise.reject(new TypeError('fetch failed'))
      : database.fetch(input, init)
  }
  const first = runnerFor(database, { worker: 'first', maxRetries: 0 }, gone)
  await expect(first.run()).rejects.toMatchObject({ code: 'unreachable' })
}
