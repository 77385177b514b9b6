import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/testDatabase.ts'
import { bootstrapDatabase } from './bootstrapDatabase.ts'
import { withConnection } from './connect.ts'
import { clusterUrl } from './temporaryCluster.ts'

describe('bootstrapDatabase', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase({ announcesDdl: true })
  })
  afterAll(() => database.drop())

  it('opens what the owner creates to the clients, as hosted Supabase does before any migration', async () => {
    const cluster = inject('testCluster')
    if (!cluster.ready) throw new Error(cluster.reason)
    const admin = clusterUrl(cluster, 'supabase_admin', 'postgres')
    const fresh = clusterUrl(cluster, 'supabase_admin', 'bootstrap_test')
    await withConnection(admin, (sql) => sql`create database bootstrap_test owner postgres`)
    try {
      await withConnection(fresh, (sql) => bootstrapDatabase(sql, fresh, 'postgres'))
      const may = await withConnection(clusterUrl(cluster, 'postgres', 'bootstrap_test'), async (sql) => {
        await sql`create table public.open (id integer)`
        await sql`create function public.open() returns integer language sql return 1`
        const [row] = await sql`
          select has_table_privilege('anon', 'public.open', 'insert') as insert,
            has_function_privilege('service_role', 'public.open()', 'execute') as execute,
            has_schema_privilege('anon', 'auth', 'usage') as auth,
            has_table_privilege('anon', 'auth.users', 'select') as users`
        return row
      })
      expect(may).toEqual({ insert: true, execute: true, auth: true, users: false })
    } finally {
      await withConnection(admin, (sql) => sql`drop database bootstrap_test with (force)`)
    }
  })

  it('leaves the defaults closed that the migrations have closed, when it is repeated', async () => {
    const url = database.superuserUrl
    await withConnection(url, (sql) => bootstrapDatabase(sql, url, 'postgres'))
    await database.sql`create table public.closed (id integer)`
    await database.sql`create function public.closed() returns integer language sql return 1`
    const [may] = await database.sql`
      select has_table_privilege('anon', 'public.closed', 'select') as select,
        has_function_privilege('authenticated', 'public.closed()', 'execute') as execute`
    expect(may).toEqual({ select: false, execute: false })
  })

  it('lets the API see at once what DDL has changed', async () => {
    const status = async () => {
      const headers = { apikey: database.publishableKey }
      return (await database.fetch(`${database.apiUrl}/rest/v1/announced`, { headers })).status
    }
    // Fills the API's picture of the schema, which knows no such table.
    expect(await status()).toBe(404)
    await database.sql`create table public.announced (id integer)`
    await database.sql`grant select on public.announced to anon`
    await expect.poll(status).toBe(200)
  })
})
