import { afterAll, beforeAll, expect, test } from 'vitest'
import { forgeToken } from '../testing/functionFixture.ts'
import { createTestDatabase, type TestDatabase } from '../testing/testDatabase.ts'
import { withConnection } from './connect.ts'

const ID = '01890000-0000-7000-8000-000000000001'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase({ announcesDdl: true })
  await database.sql`
    create function public.whoami() returns jsonb language sql set search_path = '' as $$
      select pg_catalog.jsonb_build_object('id', (select auth.uid()), 'role', current_user) $$`
  await database.sql`grant execute on function public.whoami() to anon, authenticated`
})
afterAll(() => database.drop())

async function askAs(authorization?: string) {
  const headers = { apikey: database.publishableKey, 'content-type': 'application/json' }
  const response = await database.fetch(`${database.apiUrl}/rest/v1/rpc/whoami`, {
    method: 'POST',
    headers: authorization === undefined ? headers : { ...headers, authorization },
    body: '{}',
  })
  return { status: response.status, body: await response.json() }
}

/** A token of hers is in order until 2096. */
const person = { sub: ID, session_id: ID, role: 'authenticated', exp: 4_000_000_000 }

test('whoever is asking is the one whom the verified token names, and nobody without one', async () => {
  const nobody = { status: 200, body: { id: null, role: 'anon' } }
  await expect.poll(() => askAs()).toEqual(nobody)
  expect(await askAs(`Bearer ${forgeToken(person)}`)).toEqual({
    status: 200,
    body: { id: ID, role: 'authenticated' },
  })
  const { sub: _, ...nameless } = person
  expect(await askAs(`Bearer ${forgeToken(nameless)}`)).toMatchObject({ body: { id: null } })
  expect(await askAs(`Bearer ${database.publishableKey}`)).toEqual(nobody)
  for (const [token, code] of [
    [forgeToken(person, 'the secret of somebody else'), 'PGRST301'],
    [forgeToken(person).replace(/.$/, ''), 'PGRST301'],
    [forgeToken({ ...person, exp: 1_000_000_000 }), 'PGRST303'],
    [forgeToken({ ...person, exp: 'never' }), 'PGRST301'],
    [forgeToken({ ...person, nbf: 4_000_000_000 }), 'PGRST301'],
    [forgeToken({ ...person, iat: 4_000_000_000 }), 'PGRST303'],
    ['eyJ9.e30.', undefined],
    ['eyJ9.e30', undefined],
  ] as const) {
    const answer = await askAs(`Bearer ${token}`)
    if (code === undefined) expect(answer, token).toEqual(nobody)
    else expect(answer, token).toMatchObject({ status: 401, body: { code } })
  }
})

test('nobody is looked up for a request that only its token speaks for', async () => {
  await withConnection(database.superuserUrl, async (sql) => {
    for (const table of ['sessions', 'users'])
      await sql`alter table ${sql(`auth.${table}`)} rename to ${sql(`${table}_away`)}`
  })
  expect(await askAs(`Bearer ${forgeToken(person)}`)).toEqual({
    status: 200,
    body: { id: ID, role: 'authenticated' },
  })
})
