import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { alertRules } from '../../src/features/tags/monitoring/alertRules.ts'
import { cellOf } from '../../src/features/tags/monitoring/sketchCells.ts'
import { ENVIRONMENT } from '../../supabase/functions/tag-alerts/settings.ts'
import { addSongs, runnerFor } from '../testing/migrationFixture.ts'
import { openSentryReceiver, type SentryReceiver } from '../testing/sentryReceiver.ts'
import { createTestDatabase, type TestDatabase } from '../testing/testDatabase.ts'
import { hasValidSignature, openWebhookReceiver, type WebhookReceiver } from '../testing/webhookReceiver.ts'
import { edgeFunction } from './edgeFunction.ts'
import { type FunctionProcess, startDeno } from './startDeno.ts'

const scheduleSecret = 'a-secret-of-the-schedule-and-of-nobody-else'
const webhookSecret = 'a-secret-that-receiver-and-sender-share'
let database: TestDatabase
let receiver: WebhookReceiver
let sentry: SentryReceiver
let served: FunctionProcess
let person: Awaited<ReturnType<TestDatabase['signUp']>>['client']

beforeAll(async () => {
  ;[database, receiver, sentry] = await Promise.all([
    createTestDatabase({ http: true }),
    openWebhookReceiver(),
    openSentryReceiver(),
  ])
  served = await start({ TAG_ALERTS_WEBHOOK_URL: receiver.url })
  person = (await database.signUp()).client
})
afterAll(async () => {
  await stop(served)
  await Promise.all([receiver.close(), sentry.close(), database.drop()])
})
afterEach(async () => {
  receiver.calls.length = 0
  receiver.answers.length = 0
  await database.sql`truncate tag_monitoring.bucket, tag_monitoring.alert_notice`
  await database.sql`update tag_monitoring.alert_memory set states = '{}'`
})

function start(variables: Record<string, string>): Promise<FunctionProcess> {
  return startDeno(edgeFunction('tag-alerts'), {
    port: 0,
    hosts: [database.apiUrl, receiver.url, sentry.dsn].map((url) => new URL(url).host),
    variableNames: ENVIRONMENT,
    variables: {
      SUPABASE_URL: database.apiUrl,
      SUPABASE_SECRET_KEYS: JSON.stringify({ default: database.secretKey }),
      TAG_ALERTS_SCHEDULE_SECRET: scheduleSecret,
      TAG_ALERTS_WEBHOOK_SECRET: webhookSecret,
      TAG_ALERTS_WEBHOOK_LOOPBACK: 'in-tests',
      TAG_ALERTS_RUNBOOK_URL: 'https://book.example/monitoring',
      SENTRY_DSN: sentry.dsn,
      ...variables,
    },
  })
}

async function stop(one: FunctionProcess): Promise<string> {
  one.child.kill()
  return (await one.ended).output
}

async function call(
  command: object,
  one = served,
  headers: Record<string, string> = { 'x-schedule-secret': scheduleSecret },
) {
  const response = await fetch(one.url, { method: 'POST', headers, body: JSON.stringify(command) })
  return { status: response.status, body: await response.json() }
}
const evaluate = async () => (await call({ action: 'evaluate' })).body

/** As browsers tell it. @param ms each; @param count of them */
async function searches(ms: number, count: number): Promise<void> {
  const entry = { metric: 'songs.search', label: 'server', count, errors: 0, cells: [[cellOf(ms), count]] }
  const { data } = await person.rpc('record_tag_metrics', { p_entries: [entry] })
  expect(data).toEqual({ outcome: 'done' })
}

const bodySchema = z.looseObject({
  kind: z.string(),
  rule: z.string(),
  title: z.string(),
  runbook: z.string(),
})
const told = () => receiver.calls.map(({ body }) => bodySchema.parse(JSON.parse(body)))

test('slow answers raise one alert, which is told once everywhere, and is told to be over', async () => {
  await searches(80, 60)
  expect(await evaluate()).toEqual({ outcome: 'done', raised: [], resolved: [], sent: 0, failed: 0 })
  await searches(900, 25)
  expect(await evaluate()).toMatchObject({ raised: ['search-slow'], sent: 3, failed: 0 })
  await searches(950, 5)
  expect(await evaluate()).toMatchObject({ raised: [], resolved: [], sent: 0 })
  expect(told()).toMatchObject([
    {
      kind: 'raised',
      rule: 'search-slow',
      title: expect.stringMatching(/^Searches are slow: 8\d\d ms|^Searches are slow: 9\d\d ms/),
      runbook: 'https://book.example/monitoring#search-slow',
    },
  ])

  await database.sql`update tag_monitoring.bucket set at = at - interval '10 minutes'`
  await searches(60, 40)
  expect(await evaluate()).toMatchObject({ raised: [], resolved: ['search-slow'], sent: 3 })
  expect(told().map(({ kind }) => kind)).toEqual(['raised', 'resolved'])
  for (const one of receiver.calls) expect(hasValidSignature(one, webhookSecret)).toBe(true)

  const events = sentry.items('event').filter(({ tags }) => Object(tags).rule === 'search-slow')
  expect(events).toMatchObject([
    { level: 'warning', fingerprint: ['tag-alert', 'search-slow'], tags: { kind: 'raised' } },
    { level: 'info', fingerprint: ['tag-alert', 'search-slow'], tags: { kind: 'resolved' } },
  ])
})

test('each rule is raised, and is over when all is well again', async () => {
  const { sql } = database
  const measured = async (
    rows: [metric: string, label: string, count: number, errors: number, ms?: number][],
  ) => {
    await sql`truncate tag_monitoring.bucket`
    for (const [metric, label, count, errors, ms] of rows) {
      const cells = ms === undefined ? [] : [cellOf(ms)]
      await sql`
        insert into tag_monitoring.bucket (at, metric, label, count, errors, cells, counts)
        values (date_trunc('minute', now()), ${metric}, ${label}, ${count}, ${errors}, ${cells}, ${cells.map(() => count)})`
    }
  }
  const drifted = (round: number, differing: number) => sql`
    insert into tag_migration.drift_check (round, songs, unsynced, differing, tags, tags_differing, is_clean)
    values (${round}, 1, 0, ${differing}, 1, 0, ${differing === 0})`
  await addSongs(sql, [['Grace']])
  const { runId } = await runnerFor(database).run()
  // A run knows since when it is what it is; this one is made to have been so for a while.
  await sql`alter table tag_migration.run disable trigger user`
  await sql`
    insert into tag_migration.run (status, plan_hash, total_songs, changed_at)
    select 'running', r.plan_hash, 10, now() - interval '7 minutes' from tag_migration.run as r where r.id = ${runId}`
  await drifted(1, 3)
  await measured([
    ['tags.autocomplete', 'server', 60, 0, 140],
    ['songs.search', 'server', 60, 6, 900],
    ['tags.cache.read', 'none', 120, 0],
    ['tags.cache.failure', 'quota', 30, 0],
  ])
  const ofBrowsers = ['autocomplete-slow', 'search-slow', 'cache-cold', 'errors', 'cache-quota']
  const { raised } = await evaluate()
  expect(raised).toEqual([...ofBrowsers, 'migration-stalled', 'drift-found'])

  await sql`update tag_migration.run set status = 'failed' where status = 'running'`
  expect(await evaluate()).toMatchObject({ raised: ['migration-failing'], resolved: ['migration-stalled'] })

  await sql`delete from tag_migration.run where status = 'failed'`
  await sql`alter table tag_migration.run enable trigger user`
  await drifted(2, 0)
  await measured([
    ['tags.autocomplete', 'local', 60, 0, 4],
    ['songs.search', 'server', 60, 0, 90],
    ['tags.cache.read', 'memory', 120, 0],
    ['tags.cache.failure', 'quota', 2, 0],
  ])
  const { resolved } = await evaluate()
  expect(resolved).toEqual([...ofBrowsers, 'migration-failing', 'drift-found'])

  const all = alertRules.map(({ id }) => id).toSorted()
  for (const kind of ['raised', 'resolved']) {
    const messages = told().filter((one) => one.kind === kind)
    expect(messages.map(({ rule }) => rule).toSorted()).toEqual(all)
    for (const { rule, runbook } of messages) expect(runbook).toBe(`https://book.example/monitoring#${rule}`)
  }
})

test('what several look at in the same moment is told once', async () => {
  await searches(900, 25)
  const looked = await Promise.all([1, 2, 3, 4].map(evaluate))
  expect(looked.flatMap(({ raised }) => raised)).toEqual(['search-slow'])
  expect(told()).toHaveLength(1)
})

test('a receiver that is away is told later, and nobody else twice', async () => {
  const events = sentry.items('event').length
  receiver.answers.push({ status: 500 }, { status: 500 }, { status: 500 })
  await searches(900, 25)
  expect(await evaluate()).toMatchObject({ raised: ['search-slow'], sent: 2, failed: 1 })
  expect(await evaluate()).toMatchObject({ sent: 0, failed: 0 })
  await database.sql`update tag_monitoring.alert_notice set next_at = now()`
  expect(await evaluate()).toMatchObject({ raised: [], sent: 1, failed: 0 })
  expect(receiver.calls).toHaveLength(4)
  expect(sentry.items('event')).toHaveLength(events + 1)
  expect(await database.sql`select delivered from tag_monitoring.alert_notice`).toEqual([
    { delivered: ['console', 'sentry', 'webhook'] },
  ])
})

test('a test message tells which channels work', async () => {
  receiver.answers.push({ status: 404 })
  expect(await call({ action: 'test' })).toEqual({
    status: 200,
    body: {
      outcome: 'tested',
      channels: { console: 'sent', sentry: 'sent', webhook: 'The webhook answered 404.' },
    },
  })
})

describe('refused is', () => {
  test.each([
    ['whoever has no secret', 401, {}],
    ['a wrong secret', 401, { 'x-schedule-secret': 'wrong' }],
    ['an empty secret', 401, { 'x-schedule-secret': '' }],
  ])('%s', async (_, status, headers) => {
    await searches(900, 25)
    expect(await call({ action: 'evaluate' }, served, headers)).toMatchObject({
      status,
      body: { outcome: 'refused' },
    })
    const secretKey = { 'x-schedule-secret': database.secretKey }
    expect(await call({ action: 'evaluate' }, served, secretKey)).toMatchObject({ status: 401 })
    expect(await database.sql`select from tag_monitoring.alert_notice`).toEqual([])
  })

  test.each([{}, { action: 'resolve' }, { action: 'test', url: 'https://elsewhere.example' }])(
    'the command %j',
    async (command) => {
      expect(await call(command)).toMatchObject({ status: 400, body: { outcome: 'refused' } })
      expect(receiver.calls).toEqual([])
    },
  )

  test('an address that is not of the open internet, outside of tests; and what is away is said', async () => {
    const closed = await start({
      TAG_ALERTS_WEBHOOK_LOOPBACK: '',
      TAG_ALERTS_WEBHOOK_URL: 'https://127.0.0.1/hook',
      SENTRY_DSN: 'http://key@127.0.0.1:1/1',
    })
    try {
      expect((await call({ action: 'test' }, closed)).body).toMatchObject({
        channels: {
          sentry: 'Sentry cannot be reached.',
          webhook: 'The webhook’s host is not on the open internet.',
        },
      })
    } finally {
      await stop(closed)
    }
  })
})

test('the log holds no secret and no address of a webhook', async () => {
  const one = await start({ TAG_ALERTS_WEBHOOK_URL: `${receiver.url}/t0k3n` })
  receiver.answers.push({ status: 404 })
  await searches(900, 25)
  expect(await call({ action: 'evaluate' }, one)).toMatchObject({ status: 200, body: { failed: 1 } })
  const output = await stop(one)
  expect(output).toContain('"alert":"search-slow"')
  for (const secret of ['t0k3n', webhookSecret, scheduleSecret, database.secretKey, sentry.dsn])
    expect(output).not.toContain(secret)
})

test('an environment that is wrong is named in full, and not quoted', async () => {
  const wrong = {
    TAG_ALERTS_SCHEDULE_SECRET: 'short',
    TAG_ALERTS_WEBHOOK_SECRET: '',
    TAG_ALERTS_WEBHOOK_URL: receiver.url,
  }
  const message = await start(wrong).then(stop, String)
  expect(message).toMatch(/Missing or wrong in the environment: .*TAG_ALERTS_SCHEDULE_SECRET/)
  expect(message).not.toContain('short')
})
