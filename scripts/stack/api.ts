import { App, type CacheDriver } from '@supabase/lite'
import { createPostgresConnection, type PostgresConnection } from '@supabase/lite/postgres'
import { ApiConnection } from './apiConnection.ts'
import { takeErrors } from './apiErrors.ts'
import { mendErrors } from './mendErrors.ts'
import { openSchemaCache } from './schemaCache.ts'
import { verifyToken } from './verifyToken.ts'

/** What a client of the API must present, and what signs its sessions. */
export interface ApiKeys {
  publishableKey: string
  secretKey: string
  /** At least 32 characters. */
  jwtSecret: string
}

/** A Supabase API over one database, with no network of its own. */
export interface Api {
  fetch(request: Request, peerAddress: string | null): Promise<Response>
  close(): Promise<void>
}

export interface ApiOptions extends ApiKeys {
  /** Connects as the API's role. */
  dbUrl: string
  /** Told of each refused or failed query; the client is told as well. */
  onError?: (...what: unknown[]) => void
  /** Where the schema may be known already. */
  schemaCache?: CacheDriver
}

/** More requests at once wait for each other: a machine of this kind has fewer processors. */
const CONNECTIONS = 10

/** The rest that the App would serve are its own system pages and experiments: fewer doors. */
const SERVED = /^\/(rest|auth)\/v1(\/|$)/

/** Opens the API. Its database needs `bootstrapDatabase` first. */
export async function openApi(options: ApiOptions): Promise<Api> {
  const connection = new ApiConnection(
    {
      url: options.dbUrl,
      postgresOptions: { types: { json: jsonType(114), jsonb: jsonType(3802) } },
      ...(options.schemaCache === undefined ? {} : { schemaCache: options.schemaCache }),
    },
    CONNECTIONS,
  )
  neverWidenGrants(connection)
  // First of all: what changes while the App begins is heard, too.
  const schema = await openSchemaCache(connection)
  const close = async () => {
    await Promise.all([schema.close(), connection.close()])
  }
  const app = new App({ connection, ...settings(options) })
  await app.init().catch(async (error: unknown) => {
    await close()
    throw error
  })
  const answer = async (request: Request, peerAddress: string | null) => {
    // As PostgREST while its database is away: a client that retries does so on this.
    if (!(await schema.ensure()))
      return refuse(503, 'PGRST002', 'Could not query the database for the schema cache.')
    return app.fetch(request, { peerAddress })
  }
  return {
    fetch: async (request, peerAddress) => {
      if (!SERVED.test(new URL(request.url).pathname)) return refuse(404, 'PGRST125', 'Invalid path')
      const printed: unknown[] = []
      const note = (...what: unknown[]) => {
        printed.push(...what)
        options.onError?.(...what)
      }
      return mendErrors(await takeErrors(note, () => answer(request, peerAddress)), printed)
    },
    close,
  }
}

function refuse(status: number, code: string, message: string): Response {
  return Response.json({ code, message, details: null, hint: null }, { status })
}

/**
 * The App hands JSON arguments of functions over as text, which its own serializer then quotes a second time: functions
 * would get a JSON string where a client sent an object.
 */
function jsonType(oid: number) {
  return {
    to: oid,
    from: [oid],
    serialize: (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)),
    parse: (text: string): unknown => JSON.parse(text),
  }
}

/** Creates what the API keeps in the database itself: the schema auth. */
export async function createAuthSchema(superuserUrl: string): Promise<void> {
  const connection = createPostgresConnection({
    url: superuserUrl,
    postgresOptions: { max: 1, onnotice: () => undefined },
  })
  neverWidenGrants(connection)
  try {
    const app = new App({
      connection,
      ...settings({ publishableKey: '', secretKey: '', jwtSecret: 'x'.repeat(32) }),
    })
    await app.ensureSystemSchema()
  } finally {
    await connection.close()
  }
}

/**
 * On its first request the connection would grant anon and authenticated everything on all tables of every schema
 * that has row-level security, undoing each revoke of the migrations, and in a database without such tables it would
 * not even change role. Its memory of having done that is a private field without an option, so it is set from here;
 * a test proves that grants stay as they are.
 */
function neverWidenGrants(connection: PostgresConnection): void {
  Object.assign(connection, { rlsState: 'active' })
}

function settings(keys: ApiKeys) {
  return {
    auth: {
      enabled: true,
      jwt_secret: keys.jwtSecret,
      publishable_key: keys.publishableKey,
      secret_key: keys.secretKey,
    },
    api: { schemas: ['public'] },
    // Its own history table has other columns and another owner than the Supabase CLI's.
    db: { migrations: { enabled: false } },
    storage: { enabled: false },
    options: {
      // Admin mode would serve every request without a key from this machine as service_role.
      server: { admin: false, disableStudio: true, middlewares: [verifyToken(keys.jwtSecret)] },
    },
  }
}
