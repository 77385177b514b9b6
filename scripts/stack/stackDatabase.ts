import { rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { postgresUrl, withConnection } from './connect.ts'
import { freePort } from './freePort.ts'
import { initialiseData, SUPERUSER } from './initialiseData.ts'
import { describePortHolder } from './portHolder.ts'
import { type PostgresHome, preparePostgresHome } from './postgresHome.ts'
import { startPostgres } from './postgresServer.ts'
import { stackSettings } from './postgresSettings.ts'
import { supervisePostgres } from './postgresSupervisor.ts'
import { readPostmaster } from './postmasterPid.ts'
import { StackProblem } from './stackProblem.ts'
import { stopPostmaster } from './stopPostmaster.ts'

/** The PostgreSQL under the stack, ours or a given one. */
export interface Database {
  isEmbedded: boolean
  /** The role that applies the migrations and owns what they create. */
  owner: string
  ownerUrl: string
  superuserUrl: string
  urlFor(user: string, password: string): string
  /** Resolves when the server is gone for good. */
  lost: Promise<Error>
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  folder: string
  /** 0 for any free one. */
  port: number
  password: string
  reset: boolean | undefined
  report: (message: string) => void
}

/** Starts the embedded server on this checkout's data, and restarts it when it dies. */
export async function openEmbeddedDatabase(options: EmbeddedOptions): Promise<Database> {
  const { folder, password, report } = options
  const home = await preparePostgresHome(folder)
  await stopLeftover(home, report)
  if (options.reset) await rm(home.dataFolder, { recursive: true, force: true })
  const port = options.port === 0 ? await freePort() : options.port
  await requireFree(port)
  if (await initialiseData(home, password)) report('Created an empty database.')
  const server = await supervisePostgres(
    () => startPostgres({ home, port, settings: stackSettings, stopMode: 'fast' }),
    () => report(`PostgreSQL died and is started again; its log: ${home.logFile}.old`),
  )
  const urlFor = (user: string, userPassword: string) =>
    postgresUrl({ user, password: userPassword, port, database: 'postgres' })
  return {
    isEmbedded: true,
    owner: 'postgres',
    ownerUrl: urlFor('postgres', password),
    superuserUrl: urlFor(SUPERUSER, password),
    urlFor,
    lost: server.lost,
    stop: () => server.stop(),
  }
}

/**
 * Uses a PostgreSQL that is there.
 *
 * @throws StackProblem when it does not answer or the address is not a superuser's
 */
export async function openGivenDatabase(dbUrl: string): Promise<Database> {
  const url = parseUrl(dbUrl)
  const [row] = await withConnection(
    dbUrl,
    (sql) => sql<{ owner: string; rolsuper: boolean }[]>`
      select rolname as owner, rolsuper from pg_catalog.pg_roles where rolname = current_user`,
  ).catch((error: unknown) => {
    throw new StackProblem(
      `--db-url does not answer: ${error instanceof Error ? error.message : String(error)}`,
    )
  })
  if (row === undefined || !row.rolsuper) {
    throw new StackProblem(
      '--db-url must be a superuser: the stack creates roles and the schema auth with it.',
    )
  }
  return {
    isEmbedded: false,
    owner: row.owner,
    ownerUrl: dbUrl,
    superuserUrl: dbUrl,
    urlFor: (user, password) => {
      const other = new URL(url)
      other.username = user
      other.password = password
      return other.href
    },
    lost: new Promise(() => undefined),
    stop: async () => undefined,
  }
}

/** A server whose stack was killed, and its guard with it, or that the guard is stopping this moment. */
async function stopLeftover(home: PostgresHome, report: (message: string) => void): Promise<void> {
  const leftover = readPostmaster(home.dataFolder)
  if (leftover === undefined) return
  report(`Stopping the PostgreSQL that a killed stack left (process ${leftover.pid}).`)
  await stopPostmaster(home.dataFolder, 'fast', home.binaries.pgCtl)
}

/** PostgreSQL would only write into its log that it cannot bind. */
async function requireFree(port: number): Promise<void> {
  const isFree = await new Promise<boolean>((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
  if (!isFree) throw new StackProblem(await describePortHolder(port, '--db-port'))
}

function parseUrl(dbUrl: string): URL {
  const url = URL.parse(dbUrl)
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw new StackProblem('--db-url must look like postgres://user:password@host:port/database')
  }
  return url
}
