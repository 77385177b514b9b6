import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { onSchedule, stopFunction } from '../testing/functionFixture.ts'
import { migrateInProcess } from '../testing/migrateInProcess.ts'
import { addSongs, runnerFor, startRun } from '../testing/migrationFixture.ts'
import { emptyDatabase } from '../testing/rollbackFixture.ts'
import { openSentryReceiver, type SentryReceiver } from '../testing/sentryReceiver.ts'
import { launchTagCommand } from '../testing/tagCommand.ts'
import { createTestDatabase, type TestDatabase } from '../testing/testDatabase.ts'
import { advanceToTheEnd } from './callFunction.ts'
import { serveFunction } from './serveFunction.ts'

const THEME = 'A theme that is nobody’s business'
const SONGS = 250

let sentry: SentryReceiver
let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase({ http: true })
})
afterAll(() => database.drop())
beforeEach(async () => {
  sentry = await openSentryReceiver()
  await emptyDatabase(database)
  await addSongs(
    database.sql,
    Array.from({ length: SONGS }, (_, n) => [THEME, `Theme ${n % 7}`]),
  )
})
afterEach(() => sentry.close())

const environment = (dsn = sentry.dsn) => ({
  SUPABASE_URL: database.apiUrl,
  SUPABASE_SECRET_KEY: database.secretKey,
  SENTRY_DSN: dsn,
})

function spansOf() {
  const spans = sentry.items('span')
  return {
    session: spans.find(({ is_segment }) => is_segment === true),
    batches: spans.filter(({ is_segment }) => is_segment === false),
  }
}
const sumOf = (spans: Record<string, unknown>[]) =>
  spans.reduce((sum, { attributes }) => sum + Number(Object(attributes).songs?.value), 0)

function expectNothingPersonal(): void {
  for (const word of [THEME, database.secretKey, 'Bearer']) expect(sentry.received()).not.toContain(word)
}

test('a command is a span, with one for each batch, and says how long they took and what they did', async () => {
  const { exitCode } = await migrateInProcess(['--yes', '--batch-size', '50'], environment())
  expect(exitCode).toBe(0)
  const { session, batches } = spansOf()
  expect(session).toMatchObject({
    name: 'tags.migration',
    status: 'ok',
    attributes: {
      phase: { value: 'complete' },
      songs: { value: SONGS, type: 'integer' },
      worker: { value: 'command' },
    },
  })
  expect(batches.length).toBeGreaterThan(1)
  expect(sumOf(batches)).toBe(SONGS)
  for (const batch of batches) {
    expect(batch).toMatchObject({
      name: 'tags.migration.batch',
      trace_id: session?.trace_id,
      parent_span_id: session?.span_id,
      status: 'ok',
    })
  }
  const metrics = sentry.items('trace_metric')
  const took = metrics.filter(({ name }) => name === 'tags.migration.batch')
  expect(took).toHaveLength(batches.length)
  expect(took[0]).toMatchObject({ type: 'distribution', unit: 'millisecond', value: expect.any(Number) })
  const songs = metrics.filter(({ name }) => name === 'tags.migration.batch.songs')
  expect(songs.reduce((sum, { value }) => sum + Number(value), 0)).toBe(SONGS)
  expect(sentry.items('event')).toEqual([])
  expectNothingPersonal()
})

test('a run that fails is an event, by its code', async () => {
  await database.sql`
    revoke execute on function public.tag_migration_batch
    from service_role`
  try {
    const { exitCode } = await migrateInProcess(['--yes'], environment())
    expect(exitCode).not.toBe(0)
  } finally {
    await database.sql`
      grant execute on function public.tag_migration_batch
      to service_role`
  }
  expect(sentry.items('event')).toMatchObject([
    { level: 'error', logger: 'tag-migration', fingerprint: ['tag-migration', 'forbidden'] },
  ])
  expect(spansOf().session).toMatchObject({ attributes: { phase: { value: 'forbidden' } } })
  expectNothingPersonal()
})

test('the edge function tells the same', async () => {
  await startRun(database)
  const served = await serveFunction({
    ...database,
    scheduleSecret: onSchedule['x-schedule-secret'],
    sentryDsn: sentry.dsn,
    port: 0,
  })
  try {
    const answers = await advanceToTheEnd(served.url, onSchedule)
    expect(answers.at(-1)?.body.outcome).toBe('complete')
  } finally {
    await stopFunction(served)
  }
  const { session, batches } = spansOf()
  expect(session).toMatchObject({
    attributes: { phase: { value: 'complete' }, worker: { value: 'edge function' } },
  })
  expect(sumOf(batches)).toBe(SONGS)
  expect(sentry.items('trace_metric').length).toBe(2 * batches.length)
  expectNothingPersonal()
})

test('so does a rollback', async () => {
  await runnerFor(database).run()
  const { apiUrl, secretKey } = database
  const { ended } = launchTagCommand('rollback', ['--yes'], {
    apiUrl,
    secretKey,
    env: { SENTRY_DSN: sentry.dsn },
  })
  expect((await ended).answer).toMatchObject({ phase: 'rolled-back' })
  const { session, batches } = spansOf()
  expect(session).toMatchObject({ attributes: { phase: { value: 'rolled-back' }, songs: { value: SONGS } } })
  expect(new Set(batches.map(({ name }) => name))).toEqual(new Set(['tags.migration.rollback_batch']))
  expect(sumOf(batches)).toBe(SONGS)
})

test('a migration does not mind that Sentry is away', async () => {
  const { exitCode, json } = await migrateInProcess(['--yes'], environment('http://key@127.0.0.1:1/1'))
  expect([exitCode, json]).toMatchObject([0, { phase: 'complete' }])
})

test('an address that is none is said before anything is done, and not quoted', async () => {
  const { failure } = await migrateInProcess(['--yes'], environment('https://s3cret.example'))
  expect(failure).toContain('SENTRY_DSN is not the address of a Sentry project.')
  expect(failure).not.toContain('s3cret')
})
