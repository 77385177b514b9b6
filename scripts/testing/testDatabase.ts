import { randomBytes } from 'node:crypto'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import postgres, { type Sql } from 'postgres'
import { inject } from 'vitest'
import type { Database } from '../../src/lib/database.types.ts'
import { openApi } from '../stack/api.ts'
import { API_ROLE } from '../stack/bootstrapRoles.ts'
import { postgresUrl } from '../stack/connect.ts'
import { SUPERUSER } from '../stack/initialiseData.ts'
import { serveApi } from '../stack/serveApi.ts'
import { announceDdl } from './announceDdl.ts'
import { knownSchema } from './templateSchema.ts'
import { TEMPLATE_DATABASE } from './testCluster.ts'

/** A client that is signed in, and who it is. */
interface SignedIn {
  client: SupabaseClient<Database>
  id: string
  email: string
}

/** A migrated database of one's own with a Supabase API over it. */
export interface TestDatabase {
  /** As the role `postgres`: owns everything in public and bypasses row-level security, as on hosted Supabase. */
  sql: Sql
  dbUrl: string
  /** The same as the superuser, which hosted Supabase gives to nobody: for what the server lets only it do. */
  superuserUrl: string
  /** Reachable over the network only with `http: true`; otherwise through `fetch`. */
  apiUrl: string
  fetch: typeof fetch
  publishableKey: string
  secretKey: string
  /** service_role. */
  serviceClient: SupabaseClient<Database>
  /** A new client that nobody is signed in to. */
  anonClient(): SupabaseClient<Database>
  /** Signs a new person up. @param email made up when left out */
  signUp(email?: string): Promise<SignedIn>
  /** Closes every connection and drops the database. */
  drop(): Promise<void>
}

export interface TestDatabaseOptions {
  /** Serve the API on a free loopback port too, for what must go over the network (a CLI, a browser). */
  http?: boolean
  /** The API learns at once of what the test changes in the schema; otherwise it keeps what it knows of the template. */
  announcesDdl?: boolean
}

/**
 * Copies the migrated template into a database that is the caller's alone.
 * Call it in `beforeAll` and `drop()` in `afterAll`.
 */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const cluster = inject('testCluster')
  if (!cluster.ready) throw new Error(`The test database could not be built: ${cluster.reason}`)
  const { port, keys, schema } = cluster
  const { publishableKey, secretKey } = keys
  const password = keys.postgresPassword
  const database = `test_${randomBytes(6).toString('hex')}`
  const url = (user: string, name = database) => postgresUrl({ user, password, port, database: name })
  const admin = administrator(url(SUPERUSER, 'postgres'))

  // Copying the files is several times faster than writing each page to the log, which nobody replays here.
  await admin`
    create database ${admin(database)} template ${admin(TEMPLATE_DATABASE)} strategy file_copy owner postgres`
  if (options.announcesDdl) await announceDdl(url(SUPERUSER), true)
  const sql = postgres(url('postgres'), { max: 10, onnotice: () => undefined })
  const api = await openApi({ ...keys, dbUrl: url(API_ROLE), schemaCache: knownSchema(schema) })
  const server = options.http ? await serveApi(api, 0) : undefined
  const apiUrl = server?.url ?? 'http://api.test'
  const apiFetch: typeof fetch = server
    ? fetch
    : (input, init) => api.fetch(new Request(input, init), '127.0.0.1')

  const client = (key: string) =>
    createClient<Database>(apiUrl, key, {
      auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
      global: { fetch: apiFetch },
    })
  return {
    sql,
    dbUrl: url('postgres'),
    superuserUrl: url(SUPERUSER),
    apiUrl,
    fetch: apiFetch,
    publishableKey,
    secretKey,
    serviceClient: client(secretKey),
    anonClient: () => client(publishableKey),
    signUp: (email) => signUp(client(publishableKey), email),
    drop: async () => {
      await server?.close()
      await Promise.all([api.close(), sql.end({ timeout: 5 })])
      // force: a test that failed may have left a connection of its own behind.
      await admin`drop database ${admin(database)} with (force)`
    },
  }
}

let administering: Sql | undefined

/** One connection for all databases that this process makes and drops; it is closed when nobody has used it for a while. */
function administrator(url: string): Sql {
  administering ??= postgres(url, { max: 1, idle_timeout: 10, onnotice: () => undefined })
  return administering
}

async function signUp(
  client: SupabaseClient<Database>,
  email = `${randomBytes(4).toString('hex')}@example.org`,
): Promise<SignedIn> {
  const { data, error } = await client.auth.signUp({ email, password: `pass-${email}` })
  if (error !== null) throw error
  if (data.user === null || data.session === null)
    throw new Error(`${email} was not signed in by signing up.`)
  return { client, id: data.user.id, email }
}
