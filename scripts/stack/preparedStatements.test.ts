import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/testDatabase.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase({ announcesDdl: true })
})
afterAll(() => database.drop())

/** DDL is announced to the API, which may hear of it a moment after the call that follows. */
const PATIENCE = { timeout: 60_000, interval: 10 }

async function call(key: string, name: string, args: object, headers: Record<string, string> = {}) {
  const response = await database.fetch(`${database.apiUrl}/rest/v1/rpc/${name}`, {
    method: 'POST',
    headers: { apikey: key, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(args),
  })
  return { status: response.status, body: await response.json() }
}

test('what was planned for one role is not another’s', async () => {
  // Its body takes the place of its call in the plan, which holds no check of the function any more.
  await database.sql`
    create function public.planned_in(n integer) returns setof integer language sql stable as 'select n + 1'`
  await database.sql`grant execute on function public.planned_in(integer) to service_role`
  await vi.waitFor(
    async () => expect((await call(database.secretKey, 'planned_in', { n: 1 })).status).toBe(200),
    PATIENCE,
  )
  for (let n = 0; n < 12; n += 1) {
    expect(await call(database.secretKey, 'planned_in', { n })).toEqual({ status: 200, body: [n + 1] })
  }
  expect(await call(database.publishableKey, 'planned_in', { n: 1 })).toMatchObject({
    status: 401,
    body: { code: '42501' },
  })
})

test('a function that answers otherwise after DDL is prepared anew', async () => {
  const define = (columns: string, values: string) =>
    database.sql.unsafe(`
      drop function if exists public.reshaped;
      create function public.reshaped(n integer) returns table (${columns}) language sql as 'select ${values}';
      grant execute on function public.reshaped to service_role`)
  await define('a integer', 'n')
  const answers = (n: number, row: object) =>
    vi.waitFor(
      async () => expect((await call(database.secretKey, 'reshaped', { n })).body).toEqual([row]),
      PATIENCE,
    )
  await answers(1, { a: 1 })
  await define('a integer, b text', "n, ''new''")
  await answers(2, { a: 2, b: 'new' })
})

test('a request’s headers reach its function, whatever is in them', async () => {
  await database.sql`
    create function public.heard() returns jsonb language sql as $$
      select jsonb_build_object('header', current_setting('request.headers')::jsonb ->> 'x-odd',
        'path', current_setting('request.path'), 'method', current_setting('request.method'), 'role', current_user) $$`
  await database.sql`grant execute on function public.heard() to service_role`
  const odd = `it's "quoted" \\' \\\\ $1 ; -- select`
  const heard = { header: odd, path: '/rpc/heard', method: 'POST', role: 'service_role' }
  await vi.waitFor(
    async () => expect((await call(database.secretKey, 'heard', {}, { 'x-odd': odd })).body).toEqual(heard),
    PATIENCE,
  )
})

test('arrays of any type and dimension come as they are stored', async () => {
  await database.sql`
    create function public.arrays() returns table (numbers bigint[], ids uuid[], flags boolean[], grid text[], documents jsonb[])
    language sql as $$
      select array[1, null], array['00000000-0000-0000-0000-000000000001', null]::uuid[], array[true, null, false],
        '{{a,NULL},{"b,c","}"}}'::text[], array['{"a": [1]}', null]::jsonb[] $$`
  await database.sql`grant execute on function public.arrays() to service_role`
  const stored = {
    numbers: [1, null],
    ids: ['00000000-0000-0000-0000-000000000001', null],
    flags: [true, null, false],
    grid: [
      ['a', null],
      ['b,c', '}'],
    ],
    documents: [{ a: [1] }, null],
  }
  await vi.waitFor(
    async () => expect((await call(database.secretKey, 'arrays', {})).body).toEqual([stored]),
    PATIENCE,
  )
})
