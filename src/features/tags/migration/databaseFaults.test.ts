import { HttpResponse } from 'msw'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { FaultyNetwork } from '../../../../scripts/testing/callFaults.ts'
import { closeGate, type Gate, waitsFor } from '../../../../scripts/testing/gate.ts'
import { addSongs } from '../../../../scripts/testing/migrationFixture.ts'
import type { TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import type { MigrationResult } from './types.ts'

let network: FaultyNetwork
let database: TestDatabase
let gate: Gate | undefined
let songs: string[]
let certificate: string | null

beforeAll(async () => {
  network = await FaultyNetwork.open()
  database = network.database
  songs = await addSongs(database.sql, [['Grace'], ['Grace', 'Hope'], ['Alpha'], null])
  const { runId: _, ...result } = await network.runner().run()
  certificate = result.certificate
  await network.rollBack()
})
afterEach(async () => {
  network.mend()
  await gate?.remove()
  gate = undefined
  await database.sql.unsafe(`
    drop trigger if exists fail_once on public.song_tags;
    drop function if exists public.fail_once();
    drop sequence if exists public.failures`)
  await network.rollBack()
})
afterAll(() => network.close())

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
  const result = await network.runner().run()
  expect(result.retries).toBe(2)
  await expectComplete(result)
})

test('a real deadlock with a person ends the one or the other, and both get through', async () => {
  gate = await closeGate(database.sql, 'public.song_tags')
  const person = await database.sql.reserve()
  const [{ pid = 0 } = {}] = await person<{ pid: number }[]>`select pg_backend_pid() as pid`
  const running = network.runner({ maxRetries: 10 }).run()
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
  network.inject('tag_migration_batch', async (request) => {
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
  const running = network.runner().run()
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
  network.inject('tag_migration_batch', async (request) => {
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
  const result = await network.runner().run()
  await impatient.end()
  expect(answers).toEqual([expect.objectContaining({ outcome: 'error', sqlstate: '57014' })])
  expect(states).toEqual([])
  expect(result.retries).toBe(1)
  await expectComplete(result)
})

test('a batch that somebody cancels is repeated', async () => {
  gate = await closeGate(database.sql, 'public.song_tags')
  const running = network.runner().run()
  await database.sql`select pg_cancel_backend(${await gate.reached()})`
  const result = await running
  expect(result.retries).toBe(1)
  await expectComplete(result)
})
