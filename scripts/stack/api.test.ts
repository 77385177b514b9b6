import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/testDatabase.ts'
import { openApi } from './api.ts'
import { API_ROLE } from './bootstrapRoles.ts'
import { clusterUrl, createMigratedDatabase, startTemporaryCluster } from './temporaryCluster.ts'

describe('errors of the API', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase({ announcesDdl: true })
    await database.sql`
      create function public.fail(code text) returns void language plpgsql as $$
      begin
        raise exception using errcode = code, message = 'on purpose', detail = 'why', hint = 'what to do';
      end $$`
    await database.sql`grant execute on function public.fail(text) to service_role`
    // DDL is announced to the API, which may hear of it a moment later.
    await vi.waitFor(async () => expect((await fail('P0001')).status).not.toBe(404), { timeout: 60_000 })
  })
  afterAll(() => database.drop())

  const fail = (code: string) =>
    database.fetch(`${database.apiUrl}/rest/v1/rpc/fail`, {
      method: 'POST',
      headers: { apikey: database.secretKey, 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    })

  it.for([
    ['40001', 500],
    ['40P01', 500],
    ['55P03', 500],
    ['57014', 500],
    ['P0001', 400],
    ['23505', 409],
    ['53300', 503],
    ['PT409', 409],
  ] as const)('keep SQLSTATE %s, with the status that PostgREST gives it: %i', async ([code, status]) => {
    const response = await fail(code)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ code, message: 'on purpose' })
  })
})

it('answers 503 while its database is away, and not that there is no such table', async () => {
  const cluster = await startTemporaryCluster({ inMemory: true })
  try {
    await createMigratedDatabase(cluster, 'away')
    const options = { ...cluster.keys, dbUrl: clusterUrl(cluster, API_ROLE, 'away') }
    const [used, unused] = await Promise.all([openApi(options), openApi(options)])
    const ask = async ({ fetch }: typeof used) => {
      const headers = { apikey: cluster.keys.publishableKey }
      const response = await fetch(
        new Request('http://api.test/rest/v1/songs?select=id', { headers }),
        '127.0.0.1',
      )
      return { status: response.status, body: await response.json() }
    }
    expect(await ask(used)).toEqual({ status: 200, body: [] })
    await cluster.stop()
    expect(await ask(used)).toMatchObject({ status: 503, body: { code: 'PGRST001' } })
    expect(await ask(unused)).toMatchObject({ status: 503, body: { code: 'PGRST002' } })
    await Promise.all([used.close(), unused.close()])
  } finally {
    await cluster.stop()
  }
})
