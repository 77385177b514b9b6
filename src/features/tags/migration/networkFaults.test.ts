import { bypass, HttpResponse, passthrough } from 'msw'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { freePort } from '../../../../scripts/stack/freePort.ts'
import { BATCH_SIZE, type Fault, FaultyNetwork } from '../../../../scripts/testing/callFaults.ts'
import {
  addSongs,
  runnerFor,
  type Themes,
  tagsBySong,
  themesBySong,
} from '../../../../scripts/testing/migrationFixture.ts'
import type { TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { createMigrationClient } from './migrationClient.ts'
import { MigrationDatabase } from './migrationDatabase.ts'
import type { MigrationResult } from './types.ts'

const SONGS: Themes[] = Array.from({ length: 45 }, (_, n) => {
  const messy: Themes[] = [null, [], ['Grace', null, ' grace '], ['Xmas', `Theme ${n}`], ['Grace/Mercy', '']]
  return messy[n % messy.length] ?? null
})

const status =
  (code: number, body = '{"message":"Not now."}', headers: Record<string, string> = {}): Fault =>
  () =>
    new HttpResponse(body, { status: code, headers })
const dropped: Fault = () => HttpResponse.error()
/** The call reaches the database, which commits it; the answer never comes back. */
const lost: Fault = async (request) => {
  await fetch(bypass(request))
  return HttpResponse.error()
}
/** As lost, but half of the answer comes. */
const cutOff: Fault = async (request) => {
  const answer = await (await fetch(bypass(request))).text()
  return new HttpResponse(answer.slice(0, answer.length / 2), {
    headers: { 'content-type': 'application/json' },
  })
}
const page: Fault = () =>
  new HttpResponse('<html><body>Welcome</body></html>', { headers: { 'content-type': 'text/html' } })
const passed: Fault = () => passthrough()

let network: FaultyNetwork
let database: TestDatabase
let undisturbed: { result: MigrationResult; end: Awaited<ReturnType<typeof endState>> }
let untouched: Awaited<ReturnType<typeof endState>>

beforeAll(async () => {
  network = await FaultyNetwork.open()
  database = network.database
  await addSongs(database.sql, SONGS)
  untouched = await endState()
  const result = await network.runner().run()
  undisturbed = { result, end: await endState() }
  await network.rollBack()
  expect(await endState()).toEqual(untouched)
})
afterEach(async () => {
  network.mend()
  await network.rollBack()
  expect(await endState()).toEqual(untouched)
})
afterAll(() => network.close())

async function endState() {
  const [counts] = await database.sql`
    select (select count(*) from public.song_tags) as links, (select count(*) from public.tags) as tags,
      (select count(*) from tag_migration.song_state) as states`
  const usage = await database.sql`
    select name, usage_count from public.tags where usage_count > 0 order by name`
  return {
    counts,
    usage: usage.map((tag) => [tag.name, tag.usage_count]),
    tags: await tagsBySong(database.sql),
    themes: await themesBySong(database.sql),
  }
}

async function expectUndisturbedEnd(result: MigrationResult): Promise<void> {
  expect(result).toMatchObject({
    phase: 'complete',
    certificate: undisturbed.result.certificate,
    processedCount: SONGS.length,
    linksCreated: undisturbed.result.linksCreated,
    tagsCreated: undisturbed.result.tagsCreated,
    tagsReused: undisturbed.result.tagsReused,
    errors: [],
  })
  expect(result.checks.filter((check) => !check.ok)).toEqual([])
  expect(await endState()).toEqual(undisturbed.end)
}

test.each<[string, Fault[]]>([
  [
    'refusals',
    [
      status(429, 'Slow down', { 'retry-after': '0' }),
      status(429, '', { 'retry-after': new Date(0).toUTCString() }),
      status(500),
      status(502, '<html><body>502 Bad Gateway</body></html>'),
      status(503, '{"code":"PGRST001","message":"No."}', { 'retry-after': '0' }),
      status(504, ''),
    ],
  ],
  ['broken answers', [page, cutOff, dropped, lost]],
])('%s at the first batches are repeated, counted, and end as if nothing had happened', async (_, faults) => {
  // Two for one call, then the next: a call is not tried for ever.
  network.inject(
    'tag_migration_batch',
    ...faults.flatMap((fault, index) => (index % 2 === 1 ? [fault, passed] : fault)),
  )
  const result = await network.runner().run()
  expect(result.retries).toBe(faults.length)
  await expectUndisturbedEnd(result)
})

test.each(['start', 'prepare', 'batch', 'transition'])(
  'losing the answer of every tag_migration_%s ends as if nothing had happened',
  async (name) => {
    const { injected } = network.injectAlternately(`tag_migration_${name}`, lost)
    const result = await network.runner().run()
    expect(injected()).toBeGreaterThan(0)
    expect(result.retries).toBeGreaterThanOrEqual(injected() - 1)
    await expectUndisturbedEnd(result)
  },
)

test('losing every answer once ends as if nothing had happened', async () => {
  const { injected } = network.injectAlternately(':name', lost)
  const result = await network.runner().run()
  expect(injected()).toBeGreaterThan(20)
  await expectUndisturbedEnd(result)
})

test('a transition whose answer was lost is recorded once', async () => {
  network.injectAlternately('tag_migration_transition', lost)
  const { runId } = await network.runner().run()
  const events = await database.sql`
    select to_status from tag_migration.run_event where run_id = ${runId} order by id`
  expect(events.map((event) => event.to_status)).toEqual(['preparing', 'running', 'validating', 'complete'])
})

test('losing the answer to taking a run up again takes it up all the same', async () => {
  const stop = new AbortController()
  const paused = await network
    .runner({
      signal: stop.signal,
      progressCallback: ({ phase }) => {
        if (phase === 'migrating') stop.abort()
      },
    })
    .run()
  expect(paused.phase).toBe('paused')
  network.injectAlternately('tag_migration_resume', lost)
  await expectUndisturbedEnd(await network.runner({ unfinished: 'resume' }).run())
})

test('losing every answer on the way back restores everything and counts it once', async () => {
  await network.runner().run()
  const { injected } = network.injectAlternately('tag_migration_rollback_:name', lost)
  const back = await network.rollBack()
  expect(injected()).toBeGreaterThanOrEqual(4)
  expect(back).toMatchObject({
    phase: 'rolled-back',
    restoredCount: SONGS.length,
    linksRemoved: undisturbed.result.linksCreated,
    tagsRemoved: undisturbed.result.tagsCreated,
    conflicts: [],
  })
})

test.each<[string, Fault, { code: string }]>([
  ['503', status(503), { code: 'database' }],
  ['a dropped connection', dropped, { code: 'unreachable' }],
  ['a lost answer', lost, { code: 'unreachable' }],
  ['a page of HTML', page, { code: 'unreachable' }],
])(
  '%s at every batch gives up after the retries, and the run can be taken up',
  async (_, fault, expected) => {
    network.inject('tag_migration_batch', passed, fault, fault, fault, fault)
    const errors: string[] = []
    const failing = network.runner({
      progressCallback: (progress) => errors.push(...progress.errors.map((error) => error.songId)),
    })
    await expect(failing.run()).rejects.toMatchObject({ ...expected, transient: true })
    expect(errors).toContain('system')
    expect((await database.serviceClient.rpc('tag_migration_run')).data).toMatchObject({
      status: 'failed',
      failure: expected,
    })
    await expectUndisturbedEnd(await network.runner().run())
  },
)

test('a server that goes away for good leaves a run that says it is at work, and that can be taken over', async () => {
  network.inject('tag_migration_batch', passed)
  let batches = 0
  network.answer(':name', (_, name) => {
    if (name === 'tag_migration_batch') batches += 1
    return batches > 2 ? HttpResponse.error() : passthrough()
  })
  await expect(network.runner().run()).rejects.toMatchObject({ code: 'unreachable' })
  network.mend()
  await expect(network.runner().run()).rejects.toMatchObject({ code: 'busy' })
  await expectUndisturbedEnd(await network.runner({ unfinished: 'resume' }).run())
})

test('an interruption while waiting for a retry ends the wait and pauses the run', async () => {
  const stop = new AbortController()
  network.inject('tag_migration_batch', passed, status(429, 'Later', { 'retry-after': '3600' }))
  const result = await network
    .runner({
      signal: stop.signal,
      progressCallback: ({ retries }) => {
        if (retries > 0) stop.abort()
      },
    })
    .run()
  expect(result).toMatchObject({ phase: 'paused', processedCount: BATCH_SIZE })
  await expectUndisturbedEnd(await network.runner().run())
})

test('a server that nobody listens at is named unreachable and nothing is changed', async () => {
  const nobody = {
    apiUrl: `http://127.0.0.1:${await freePort()}`,
    secretKey: database.secretKey,
    fetch: globalThis.fetch,
  }
  const lonely = runnerFor(nobody, { maxRetries: 2, batchSize: 10 })
  await expect(lonely.run()).rejects.toMatchObject({ code: 'unreachable' })
  expect(await endState()).toEqual(untouched)
})

test('a publishable key is told that it may not', async () => {
  const client = createMigrationClient(database.apiUrl, database.publishableKey)
  const policy = { maxRetries: 2, delayMs: 1, sleep: vi.fn(), random: Math.random, onRetry: vi.fn() }
  await expect(new MigrationDatabase(client, policy).run(null)).rejects.toMatchObject({ code: 'forbidden' })
  const wrong = createMigrationClient(database.apiUrl, 'sb_secret_wrong')
  await expect(new MigrationDatabase(wrong, policy).run(null)).rejects.toMatchObject({
    code: 'unauthorized',
  })
  expect(policy.onRetry).not.toHaveBeenCalled()
})

describe('Retry-After', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2025-01-25T12:00:00Z') })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test.each([
    ['seconds', '7', 7000],
    ['a date', 'Sat, 25 Jan 2025 12:00:12 GMT', 12_000],
    ['more than the cap', '3600', 30_000],
  ])('in %s is waited for', async (_, value, expected) => {
    network.inject('tag_migration_run', status(429, 'Slow down', { 'retry-after': value }))
    const waits: number[] = []
    const sleep = (ms: number) => {
      waits.push(ms)
      return Promise.resolve()
    }
    const client = createMigrationClient(database.apiUrl, database.secretKey, (i, init) => fetch(i, init))
    const policy = { maxRetries: 3, delayMs: 1, sleep, random: () => 0.5, onRetry: vi.fn() }
    await expect(new MigrationDatabase(client, policy).run(null)).resolves.not.toBeNull()
    expect(waits).toEqual([expected])
  })
})
