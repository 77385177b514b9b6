import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { BatchSizer } from '../../src/features/tags/migration/batchSizer.ts'
import { headersOf, onSchedule, startFunction, stopFunction } from '../testing/functionFixture.ts'
import { closeGate } from '../testing/gate.ts'
import { addSongs, runnerFor, startRun, tagsBySong } from '../testing/migrationFixture.ts'
import { launchTagCommand } from '../testing/tagCommand.ts'
import { createTestDatabase, type TestDatabase } from '../testing/testDatabase.ts'
import { advanceToTheEnd, callFunction } from './callFunction.ts'
import type { FunctionProcess } from './startDeno.ts'

const SONGS = 1250
/** The shortest budget that a function may have. */
const SHORT_MS = 1000
const THEMES = [['Grace', 'Mercy/Hope'], ['grace', null, '  '], null, [], [' Hope ', 'Advent']]

/** Seeded and never migrated by a function. */
let original: TestDatabase
/** What the command's engine makes of it, alone and undisturbed. */
let expected: { certificate: string | null; tags: Map<string, string[]> }
let database: TestDatabase
let admin: { authorization: string }
let served: FunctionProcess[]

beforeAll(async () => {
  original = await createTestDatabase()
  await addSongs(
    original.sql,
    Array.from({ length: SONGS }, (_, n) => THEMES[n % THEMES.length]?.concat(`Theme ${n % 37}`) ?? null),
  )
  const { certificate } = await runnerFor(original).run()
  expected = { certificate, tags: await tagsBySong(original.sql) }
})
afterAll(() => original.drop())

beforeEach(async () => {
  database = await createTestDatabase({ http: true })
  const [{ songs } = { songs: [] }] = await original.sql`
    select jsonb_agg(jsonb_build_object('id', s.id, 'title', s.title, 'themes', s.themes)) as songs from public.songs as s`
  await database.sql`
    insert into public.songs (id, title, themes)
    select r.id, r.title, r.themes from jsonb_populate_recordset(null::public.songs, ${database.sql.json(songs)}) as r`
  admin = await headersOf(database, 'admin')
  served = []
})
afterEach(async () => {
  await Promise.all(served.map(stopFunction))
  await database.drop()
})

async function serve(budgetMs?: number): Promise<FunctionProcess> {
  const one = await startFunction(database, budgetMs)
  served.push(one)
  return one
}

test('called again until it is done, in chunks and within its time: as the command', async () => {
  await startRun(database)
  const gate = await closeGate(database.sql, 'tag_migration.batch')
  const { url } = await serve(SHORT_MS)
  const calls = advanceToTheEnd(url, onSchedule)
  await isHeldFor(await gate.reached(), SHORT_MS)
  await gate.open()
  const answers = await calls
  await gate.remove()
  const held = answers.find(({ body }) => body.run?.songs)
  expect(held?.body).toMatchObject({ outcome: 'working', again: true })
  expect(answers.at(-1)?.body).toMatchObject({
    outcome: 'complete',
    run: { songs: SONGS, certificate: expected.certificate },
  })
  await expectTheSame()
  const sizes = await database.sql`select distinct songs from tag_migration.batch order by songs desc`
  expect(sizes[0]?.songs).toBeLessThanOrEqual(100)
  expect((await callFunction(url, onSchedule, { action: 'advance' })).body.outcome).toBe('complete')
})

test('two functions and the command on one run at once', async () => {
  const gate = await closeGate(database.sql, 'tag_migration.batch')
  // With a second lane it would do all the rest alone while the first one is held.
  const command = launchTagCommand('migrate', ['--yes', '--workers', '1'], database)
  await gate.reached()
  const [one, other] = await Promise.all([serve(), serve()])
  const calls = Promise.all([one, other].map(({ url }) => advanceToTheEnd(url, onSchedule)))
  await batchesBy('edge function')
  await gate.open()
  const answers = await calls
  const { code, answer, stderr } = await command.ended
  await gate.remove()
  expect(stderr).not.toContain('taken over')
  expect([code, answer]).toEqual([
    0,
    expect.objectContaining({ phase: 'complete', certificate: expected.certificate }),
  ])
  for (const all of answers) expect(all.at(-1)?.body).toMatchObject({ outcome: 'complete' })
  await expectTheSame()
})

test('killed in the middle of a batch and called again', async () => {
  const gate = await closeGate(database.sql, 'tag_migration.journal')
  const killed = await serve()
  const call = callFunction(killed.url, admin, { action: 'advance', start: true }).catch(
    (error: unknown) => error,
  )
  await gate.reached()
  const ended = once(killed.child, 'exit')
  killed.child.kill('SIGKILL')
  expect(await ended).toEqual([null, 'SIGKILL'])
  expect(await call).toBeInstanceOf(Error)
  await gate.remove()
  const { url } = await serve(SHORT_MS)
  const answers = await advanceToTheEnd(url, onSchedule)
  expect(answers.at(-1)?.body).toMatchObject({
    outcome: 'complete',
    run: { certificate: expected.certificate },
  })
  await expectTheSame()
})

test('paused from outside, it stops, says so and does nothing until a person resumes it', async () => {
  const gate = await closeGate(database.sql, 'tag_migration.batch')
  const { url } = await serve()
  const call = callFunction(url, admin, { action: 'advance', start: true })
  await gate.reached()
  // It waits for the batch under way; that one is committed, and no other.
  const pausing = stop('paused')
  await gate.open()
  await pausing
  expect((await call).body).toMatchObject({ outcome: 'paused', again: false, run: { status: 'paused' } })
  const before = await state()
  const idle = await callFunction(url, onSchedule, { action: 'advance' })
  expect(idle.body).toMatchObject({ outcome: 'paused', again: false })
  // start is no word for resume.
  const restarted = await callFunction(url, admin, { action: 'advance', start: true })
  expect(restarted.body).toMatchObject({ outcome: 'paused', again: false })
  expect(await state()).toEqual(before)
  await gate.remove()
  const resumed = await callFunction(url, admin, { action: 'advance', resume: true })
  expect(resumed.body).toMatchObject({ outcome: 'complete', run: { certificate: expected.certificate } })
})

test('cancelled from outside, it stops, and a schedule starts nothing in its place', async () => {
  await startRun(database)
  const gate = await closeGate(database.sql, 'tag_migration.batch')
  const { url } = await serve()
  const call = callFunction(url, onSchedule, { action: 'advance' })
  await gate.reached()
  const cancelling = stop('cancelled')
  await gate.open()
  await cancelling
  const cancelled = { outcome: 'nothing-to-do', again: false, run: { status: 'cancelled' } }
  expect((await call).body).toMatchObject(cancelled)
  const before = await state()
  expect((await callFunction(url, onSchedule, { action: 'advance' })).body).toMatchObject(cancelled)
  expect((await callFunction(url, admin, { action: 'advance', resume: true })).body).toMatchObject(cancelled)
  expect(await state()).toEqual(before)
  await gate.remove()
})

test('what was rolled back stays so, however often a schedule calls', async () => {
  const { url } = await serve()
  await callFunction(url, admin, { action: 'advance', start: true })
  await runnerFor(database).rollbackManager.rollback(null, false, {
    worker: 'test',
    sizer: new BatchSizer(1000, 500),
  })
  const before = await state()
  const answer = await callFunction(url, onSchedule, { action: 'advance' })
  expect(answer.body).toMatchObject({
    outcome: 'nothing-to-do',
    again: false,
    run: { status: 'rolled_back' },
  })
  expect(await state()).toEqual(before)
})

async function expectTheSame(): Promise<void> {
  expect(await tagsBySong(database.sql)).toEqual(expected.tags)
}

/** Resolves once the server process has been at its statement for so long: it is about time that this test is. */
async function isHeldFor(pid: number, ms: number): Promise<void> {
  for (;;) {
    const rows = await database.sql`
      select from pg_catalog.pg_stat_activity where pid = ${pid}
        and clock_timestamp() - query_start > make_interval(secs => ${ms}::double precision / 1000)`
    if (rows.length > 0) return
  }
}

/** Resolves once a batch by such a worker is committed. */
async function batchesBy(worker: string): Promise<void> {
  for (;;) {
    const rows = await database.sql`select from tag_migration.batch where starts_with(worker, ${worker})`
    if (rows.length > 0) return
  }
}

async function stop(to: 'paused' | 'cancelled'): Promise<void> {
  await database.sql`select public.tag_migration_stop(r.id, ${to}, 'Anna') from tag_migration.run as r`
}

async function state(): Promise<object> {
  const [row] = await database.sql`
    select (select jsonb_agg(r order by r.id) from tag_migration.run as r) as runs,
      (select count(*) from tag_migration.batch) as batches, (select count(*) from tag_migration.run_event) as events`
  return { ...row }
}
