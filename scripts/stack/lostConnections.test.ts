import { afterAll, beforeAll, expect, it } from 'vitest'
import { copyStackFolder } from '../testing/madeStack.ts'
import {
  discardStack,
  launchStack,
  type StackCoordinates,
  type StackProcess,
} from '../testing/stackProcess.ts'
import { API_ROLE } from './bootstrapRoles.ts'
import { withConnection } from './connect.ts'
import { readPostmaster } from './postmasterPid.ts'

let folder: string
let stack: StackProcess
let coordinates: StackCoordinates
beforeAll(async () => {
  folder = await copyStackFolder()
  stack = launchStack(folder)
  coordinates = await stack.ready
  await withConnection(coordinates.dbUrl, async (sql) => {
    await sql`create table public.note (n integer primary key)`
    await sql`alter table public.note enable row level security`
    await sql`
      create function public.take_note(n integer) returns integer language plpgsql set search_path = '' as $$
      begin
        insert into public.note values (n);
        -- So that servers die before, in and after it alike.
        perform pg_catalog.pg_sleep(0.002 * (n % 4));
        return n;
      end $$`
    await sql`grant insert on public.note to service_role`
    await sql`grant execute on function public.take_note(integer) to service_role`
  })
})
afterAll(() => discardStack(stack, folder))

let notes = 0
async function takeNote(): Promise<{ n: number; status: number; code?: string }> {
  notes += 1
  const n = notes
  const response = await fetch(`${coordinates.apiUrl}/rest/v1/rpc/take_note`, {
    method: 'POST',
    headers: { apikey: coordinates.secretKey, 'content-type': 'application/json' },
    body: JSON.stringify({ n }),
  })
  const answer = await response.json()
  return { n, status: response.status, ...(response.status === 200 ? {} : { code: answer.code }) }
}

/** Twenty-four callers at a time, more than there are connections, until told to stop. */
function callWithoutPause() {
  const answers: Awaited<ReturnType<typeof takeNote>>[] = []
  const waiting = new Set<() => void>()
  let stopped = false
  const call = async () => {
    while (!stopped) {
      answers.push(await takeNote())
      for (const look of waiting) look()
    }
  }
  const calls = Promise.all(Array.from({ length: 24 }, call))
  return {
    answers,
    /** Resolves when the condition holds after an answer. */
    until: (condition: () => boolean) =>
      Promise.race([
        calls,
        new Promise<void>((resolve) => {
          const look = () => {
            if (condition()) resolve()
          }
          waiting.add(look)
          look()
        }),
      ]),
    stop: async () => {
      stopped = true
      await calls
    },
  }
}

it('answers every request while its server processes are terminated and PostgreSQL is stopped at once', async () => {
  const { answers, until, stop } = callWithoutPause()
  const served = () => answers.filter(({ status }) => status === 200).length
  await withConnection(coordinates.dbUrl, async (sql) => {
    for (let round = 1; round <= 10; round += 1) {
      const before = answers.length
      await until(() => answers.length >= before + 30)
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where usename = ${API_ROLE}`
    }
  })
  const seen = answers.length
  process.kill(readPostmaster(`${folder}/postgres/data`)?.pid ?? 0, 'SIGQUIT')
  await until(() => answers.slice(seen).some(({ status }) => status !== 200))
  const before = served()
  await until(() => served() > before + 100)
  await stop()

  const refusals = answers.filter(({ status }) => status !== 200)
  expect(refusals).not.toEqual([])
  for (const { status, code } of refusals) {
    expect([status, code]).toEqual([503, expect.toBeOneOf(['PGRST001', 'PGRST002'])])
  }
  // An answered call is a committed one, in the transaction and the role that it asked for.
  const kept = await withConnection(
    coordinates.dbUrl,
    (sql) => sql<{ n: number }[]>`select n from public.note`,
  )
  const noted = new Set(kept.map(({ n }) => n))
  expect(answers.filter(({ n, status }) => status === 200 && !noted.has(n))).toEqual([])
  expect(stack.child.exitCode).toBeNull()

  const after = await Promise.all(Array.from({ length: 30 }, takeNote))
  expect(new Set(after.map(({ status }) => status))).toEqual(new Set([200]))
})
