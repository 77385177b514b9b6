import { bypass, HttpResponse, passthrough } from 'msw'
import { http } from 'msw/http'
import { setupServer } from 'msw/node'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import * as z from 'zod/mini'
import { freePort } from '../../../../scripts/stack/freePort.ts'
import { closeGate, type Gate, waitsFor } from '../../../../scripts/testing/gate.ts'
import {
  addSongs,
  runnerFor,
  type Themes,
  tagsBySong,
  themesBySong,
} from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { BatchSizer } from './batchSizer.ts'
import { createMigrationClient } from './migrationClient.ts'
import { MigrationDatabase } from './migrationDatabase.ts'
import { MigrationRunner } from './migrationRunner.ts'
import type { MigrationConfig, MigrationResult } from './types.ts'

const SONGS: Themes[] = Array.from({ length: 45 }, (_, n) => {
  const messy: Themes[] = [null, [], ['Grace', null, ' grace '], ['Xmas', `Theme ${n}`], ['Grace/Mercy', '']]
  return messy[n % messy.length] ?? null
})
const BATCH_SIZE = 10

/** What stands between the runner and the database. */
type Fault = (request: Request) => Response | Promise<Response>

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

const server = setupServer()
let database: TestDatabase

beforeAll(async () => {
  server.listen({ onUnhandledFrame: 'bypass' })
  database = await createTestDatabase({ http: true })
})
afterEach(() => server.resetHandlers())
afterAll(async () => {
  server.close()
  await database.drop()
})

/** Answers the calls of a function with these faults, one each; later calls pass. */
function inject(name: string, ...faults: Fault[]): void {
  const rest = [...faults]
  server.use(
    http.post(`${database.apiUrl}/rest/v1/rpc/${name}`, ({ request }) => {
      const fault = rest.shift()
      return fault === undefined ? passthrough() : fault(request)
    }),
  )
}

/** Answers every second call of a function so, beginning with the first: no call gets through at the first try. */
function injectAlternately(name: string, fault: Fault): { injected: () => number } {
  const calls = new Map<string, number>()
  let injected = 0
  server.use(
    http.post(`${database.apiUrl}/rest/v1/rpc/${name}`, ({ request }) => {
      const { pathname } = new URL(request.url)
      const call = (calls.get(pathname) ?? 0) + 1
      calls.set(pathname, call)
      if (call % 2 === 0) return passthrough()
      injected += 1
      return fault(request)
    }),
  )
  return { injected: () => injected }
}

// Over the network, where msw stands; the fixture's own fetch may be an older one than msw's.
const runner = (config: Partial<MigrationConfig> = {}) =>
  runnerFor(database, { batchSize: BATCH_SIZE, ...config }, (input, init) => fetch(input, init))

const rollBack = (exact = true) =>
  runner().rollbackManager.rollback(null, exact, { worker: 'test', sizer: new BatchSizer(BATCH_SIZE, 30) })

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

describe('over a network with faults', () => {
  let undisturbed: { result: MigrationResult; end: Awaited<ReturnType<typeof endState>> }
  let untouched: Awaited<ReturnType<typeof endState>>

  beforeAll(async () => {
    await addSongs(database.sql, SONGS)
    untouched = await endState()
    const result = await runner().run()
    undisturbed = { result, end: await endState() }
    await rollBack()
    expect(await endState()).toEqual(untouched)
  })
  afterEach(async () => {
    server.resetHandlers()
    await rollBack()
    expect(await endState()).toEqual(untouched)
  })

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
  ])(
    '%s at the first batches are repeated, counted, and end as if nothing had happened',
    async (_, faults) => {
      // Two for one call, then the next: a call is not tried for ever.
      inject(
        'tag_migration_batch',
        ...faults.flatMap((fault, index) => (index % 2 === 1 ? [fault, passed] : fault)),
      )
      const result = await runner().run()
      expect(result.retries).toBe(faults.length)
      await expectUndisturbedEnd(result)
    },
  )

  test.each(['start', 'prepare', 'batch', 'transition'])(
    'losing the answer of every tag_migration_%s ends as if nothing had happened',
    async (name) => {
      const { injected } = injectAlternately(`tag_migration_${name}`, lost)
      const result = await runner().run()
      expect(injected()).toBeGreaterThan(0)
      expect(result.retries).toBeGreaterThanOrEqual(injected() - 1)
      await expectUndisturbedEnd(result)
    },
  )

  test('losing every answer once ends as if nothing had happened', async () => {
    const { injected } = injectAlternately(':name', lost)
    const result = await runner().run()
    expect(injected()).toBeGreaterThan(20)
    await expectUndisturbedEnd(result)
  })

  test('a transition whose answer was lost is recorded once', async () => {
    injectAlternately('tag_migration_transition', lost)
    const { runId } = await runner().run()
    const events = await database.sql`
      select to_status from tag_migration.run_event where run_id = ${runId} order by id`
    expect(events.map((event) => event.to_status)).toEqual(['preparing', 'running', 'validating', 'complete'])
  })

  test('losing the answer to taking a run up again takes it up all the same', async () => {
    const stop = new AbortController()
    const paused = await runner({
      signal: stop.signal,
      progressCallback: ({ phase }) => {
        if (phase === 'migrating') stop.abort()
      },
    }).run()
    expect(paused.phase).toBe('paused')
    injectAlternately('tag_migration_resume', lost)
    await expectUndisturbedEnd(await runner({ unfinished: 'resume' }).run())
  })

  test('losing every answer on the way back restores everything and counts it once', async () => {
    await runner().run()
    const { injected } = injectAlternately('tag_migration_rollback_:name', lost)
    const back = await rollBack()
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
      inject('tag_migration_batch', passed, fault, fault, fault, fault)
      const errors: string[] = []
      const failing = runner({
        progressCallback: (progress) => errors.push(...progress.errors.map((error) => error.songId)),
      })
      await expect(failing.run()).rejects.toMatchObject({ ...expected, transient: true })
      expect(errors).toContain('system')
      expect((await database.serviceClient.rpc('tag_migration_run')).data).toMatchObject({
        status: 'failed',
        failure: expected,
      })
      await expectUndisturbedEnd(await runner().run())
    },
  )

  test('a server that goes away for good leaves a run that says it is at work, and that can be taken over', async () => {
    inject('tag_migration_batch', passed)
    let batches = 0
    server.use(
      http.post(`${database.apiUrl}/rest/v1/rpc/:name`, ({ params }) => {
        if (params.name === 'tag_migration_batch') batches += 1
        return batches > 2 ? HttpResponse.error() : passthrough()
      }),
    )
    await expect(runner().run()).rejects.toMatchObject({ code: 'unreachable' })
    server.resetHandlers()
    await expect(runner().run()).rejects.toMatchObject({ code: 'busy' })
    await expectUndisturbedEnd(await runner({ unfinished: 'resume' }).run())
  })

  test('an interruption while waiting for a retry ends the wait and pauses the run', async () => {
    const stop = new AbortController()
    inject('tag_migration_batch', passed, status(429, 'Later', { 'retry-after': '3600' }))
    const result = await runner({
      signal: stop.signal,
      progressCallback: ({ retries }) => {
        if (retries > 0) stop.abort()
      },
    }).run()
    expect(result).toMatchObject({ phase: 'paused', processedCount: BATCH_SIZE })
    await expectUndisturbedEnd(await runner().run())
  })

  test('a server that nobody listens at is named unreachable and nothing is changed', async () => {
    const client = createMigrationClient(`http://127.0.0.1:${await freePort()}`, database.secretKey)
    const config = { maxRetries: 2, retryDelayMs: 1, worker: 'test', batchSize: 10 }
    const retries: number[] = []
    const lonely = new MigrationRunner(client, {
      ...config,
      validateChecksum: true,
      dryRun: false,
      profile: 'polite',
      fuzzy: 'review',
      unfinished: 'resume-if-idle',
      rollbackOnFailure: false,
      workers: 1,
      errorLimits: { atLeast: 20, share: 0.5 },
      progressCallback: (progress) => retries.push(progress.retries),
    })
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
      inject('tag_migration_run', status(429, 'Slow down', { 'retry-after': value }))
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
})

describe('in a database with faults', () => {
  let gate: Gate | undefined
  let songs: string[]
  let certificate: string | null

  beforeAll(async () => {
    await database.sql`truncate public.songs cascade`
    songs = await addSongs(database.sql, [['Grace'], ['Grace', 'Hope'], ['Alpha'], null])
    const { runId: _, ...result } = await runner().run()
    certificate = result.certificate
    await rollBack()
  })
  afterEach(async () => {
    await gate?.remove()
    gate = undefined
    await database.sql.unsafe(`
      drop trigger if exists fail_once on public.song_tags;
      drop function if exists public.fail_once();
      drop sequence if exists public.failures`)
    await rollBack()
  })

  async function expectComplete(result: MigrationResult): Promise<void> {
    expect(result).toMatchObject({ phase: 'complete', certificate, processedCount: songs.length, errors: [] })
  }

  test.each([
    ['a serialization failure', '40001'],
    ['a deadlock', '40P01'],
    ['a lock that was not to be had', '55P03'],
    ['a cancelled statement', '57014'],
    ['a full disk', '53100'],
  ])('%s inside a batch is retried', async (_, sqlstate) => {
    await database.sql.unsafe(`
      create sequence public.failures;
      create function public.fail_once() returns trigger language plpgsql security definer as $$
      begin
        if nextval('public.failures') <= 2 then raise exception using errcode = '${sqlstate}'; end if;
        return null;
      end $$;
      create trigger fail_once before insert on public.song_tags for each statement execute function public.fail_once()`)
    const result = await runner().run()
    expect(result.retries).toBe(2)
    await expectComplete(result)
  })

  test('a real deadlock with a person ends the one or the other, and both get through', async () => {
    gate = await closeGate(database.sql, 'public.song_tags')
    const person = await database.sql.reserve()
    const [{ pid = 0 } = {}] = await person<{ pid: number }[]>`select pg_backend_pid() as pid`
    const running = runner({ maxRetries: 10 }).run()
    const batch = await gate.reached()
    // The batch holds the songs and will want the tag; the person holds the tag and wants a song.
    await person`begin`
    await person`select from public.tags where name = 'Grace' for update`
    const wanting = person`select from public.songs where id = ${songs[0] ?? ''} for update`.then(
      () => 'got through',
      (error: { code: string }) => error.code,
    )
    await waitsFor(database.sql, pid, batch)
    await gate.open()
    expect(['got through', '40P01']).toContain(await wanting)
    await person`rollback`
    person.release()
    await expectComplete(await running)
  })

  test('a batch whose connection the server ends leaves nothing behind and is repeated', async () => {
    gate = await closeGate(database.sql, 'public.song_tags')
    // Of a connection of its own: the driver under the API does not survive losing one inside a transaction.
    const doomed = postgres(database.dbUrl, { max: 1, onnotice: () => undefined })
    inject('tag_migration_batch', async (request) => {
      const body = z
        .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
        .parse(await request.json())
      return doomed`
        select public.tag_migration_batch(
          ${String(body.p_run)}, ${Number(body.p_epoch)}, ${Number(body.p_limit)}, ${String(body.p_after)}
        )`.then(
        () => HttpResponse.json({ message: 'It was not ended.' }, { status: 400 }),
        ({ code }: { code: string }) => HttpResponse.json({ code, message: 'Ended.' }, { status: 503 }),
      )
    })
    const running = runner().run()
    await database.sql`select pg_terminate_backend(${await gate.reached()})`
    const result = await running
    await doomed.end({ timeout: 0 })
    expect(result.retries).toBe(1)
    await expectComplete(result)
  })

  test('a batch that runs into the statement timeout says so in its answer and has written nothing', async () => {
    gate = await closeGate(database.sql, 'public.song_tags')
    const impatient = postgres(database.dbUrl, { max: 1, onnotice: () => undefined })
    const answers: unknown[] = []
    const states: unknown[] = []
    inject('tag_migration_batch', async (request) => {
      const body = z
        .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
        .parse(await request.json())
      await impatient`set statement_timeout = '200ms'`
      const [row] = await impatient`
        select public.tag_migration_batch(
          ${String(body.p_run)}, ${Number(body.p_epoch)}, ${Number(body.p_limit)}, ${String(body.p_after)}
        ) as answer`
      answers.push(row?.answer)
      states.push(...(await database.sql`select from tag_migration.song_state`))
      return HttpResponse.json(row?.answer)
    })
    const result = await runner().run()
    await impatient.end()
    expect(answers).toEqual([expect.objectContaining({ outcome: 'error', sqlstate: '57014' })])
    expect(states).toEqual([])
    expect(result.retries).toBe(1)
    await expectComplete(result)
  })

  test('a batch that somebody cancels is repeated', async () => {
    gate = await closeGate(database.sql, 'public.song_tags')
    const running = runner().run()
    await database.sql`select pg_cancel_backend(${await gate.reached()})`
    const result = await running
    expect(result.retries).toBe(1)
    await expectComplete(result)
  })
})
