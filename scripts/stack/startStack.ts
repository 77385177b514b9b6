import { randomUUID } from 'node:crypto'
import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Api, openApi } from './api.ts'
import { API_ROLE } from './bootstrapRoles.ts'
import { findRunningStack, HEALTH_PATH, type RunningStack } from './findRunningStack.ts'
import { loadKeys, type StackKeys } from './keys.ts'
import { describePortHolder } from './portHolder.ts'
import { prepareDatabase } from './prepareDatabase.ts'
import { processIdentity } from './processIdentity.ts'
import { projectRoot } from './project.ts'
import { type ApiServer, serveApi } from './serveApi.ts'
import { type Database, openEmbeddedDatabase, openGivenDatabase } from './stackDatabase.ts'
import { hasCode, StackProblem } from './stackProblem.ts'
import { claimState, releaseState, type StackState, updateState } from './stackState.ts'

/** The Supabase CLI's own ports, so that its defaults fit. */
export const DEFAULT_PORT = 54321
export const DEFAULT_DB_PORT = 54322

export interface StackOptions {
  /** Of the API; 0 takes any free one. */
  port?: number
  /** Of the embedded PostgreSQL; 0 takes any free one. */
  dbPort?: number
  /** A superuser's address of a PostgreSQL that is already there: none is started then. */
  dbUrl?: string
  /** Throw the embedded database's data away first. */
  reset?: boolean
  /** Data, keys and state; `.stack` in the checkout. */
  folder?: string
  /** Told in a few words what takes time or has gone wrong. */
  onProgress?: (message: string) => void
}

/**
 * Starts the embedded Supabase, or finds the one that runs already: PostgreSQL, the migrations, the API on loopback.
 * Whatever a killed predecessor left behind is cleared up first.
 *
 * @throws StackProblem when a person has to decide something, as when a port is in use
 * @throws FailedMigration when a migration fails; nothing is left running
 */
export async function startStack(options: StackOptions = {}): Promise<RunningStack> {
  const folder = options.folder ?? join(projectRoot, '.stack')
  // Entered by PostgreSQL's account too; what is secret inside is closed by its own mode.
  await mkdir(folder, { recursive: true })
  await chmod(folder, 0o711)
  const claim: StackState = {
    instance: randomUUID(),
    pid: process.pid,
    identity: (await processIdentity(process.pid)) ?? '',
    apiUrl: '',
    dbUrl: '',
  }
  do {
    const found = await findRunningStack(folder)
    if (found !== undefined) return usable(found, options)
  } while (!(await claimState(folder, claim)))
  try {
    return await startClaimed(folder, claim, options)
  } catch (error) {
    await releaseState(folder)
    throw error
  }
}

function usable(found: RunningStack, { reset, dbUrl }: StackOptions): RunningStack {
  const stopIt = `stop process ${found.pid} first`
  if (reset) throw new StackProblem(`A running stack cannot be reset: ${stopIt}.`)
  if (dbUrl !== undefined && dbUrl !== found.dbUrl) {
    throw new StackProblem(`A stack over another database is running: ${stopIt}.`)
  }
  return found
}

async function startClaimed(folder: string, claim: StackState, options: StackOptions): Promise<RunningStack> {
  const report = options.onProgress ?? (() => undefined)
  const keys = await loadKeys(folder)
  let api: Api | undefined
  const closers: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const close of closers.reverse()) await close()
    await releaseState(folder)
  }
  try {
    const gate = await openGate(options.port ?? DEFAULT_PORT, claim.instance, () => api)
    closers.push(() => gate.close())
    const database = await openDatabase(folder, keys, options, report)
    closers.push(() => database.stop())
    const applied = await prepareDatabase({
      ...database,
      ...(database.isEmbedded ? { ownerPassword: keys.postgresPassword } : {}),
      apiPassword: keys.postgresPassword,
    })
    if (applied.length > 0) report(`Applied ${applied.length} migrations.`)
    const ready = await openApi({ ...keys, dbUrl: database.urlFor(API_ROLE, keys.postgresPassword) })
    closers.push(() => ready.close())
    await updateState(folder, { ...claim, apiUrl: gate.url, dbUrl: database.ownerUrl })
    api = ready
    let stopping: Promise<void> | undefined
    return {
      apiUrl: gate.url,
      dbUrl: database.ownerUrl,
      publishableKey: keys.publishableKey,
      secretKey: keys.secretKey,
      pid: process.pid,
      startedHere: true,
      lost: database.lost,
      stop: () => {
        stopping ??= stop()
        return stopping
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Takes the API's port before anything slow is done; until the API is there it answers 503. */
async function openGate(port: number, instance: string, api: () => Api | undefined): Promise<ApiServer> {
  const answer = async (request: Request, peerAddress: string | null) => {
    const open = api()
    if (new URL(request.url).pathname === HEALTH_PATH) {
      return Response.json({ instance }, { status: open ? 200 : 503 })
    }
    return (
      open?.fetch(request, peerAddress) ??
      Response.json({ message: 'The stack is starting.' }, { status: 503 })
    )
  }
  try {
    return await serveApi({ fetch: answer }, port)
  } catch (error) {
    if (hasCode(error, 'EADDRINUSE')) throw new StackProblem(await describePortHolder(port, '--port'))
    throw error
  }
}

function openDatabase(
  folder: string,
  keys: StackKeys,
  options: StackOptions,
  report: (message: string) => void,
): Promise<Database> {
  if (options.dbUrl === undefined) {
    const port = options.dbPort ?? DEFAULT_DB_PORT
    return openEmbeddedDatabase({
      folder,
      port,
      password: keys.postgresPassword,
      reset: options.reset,
      report,
    })
  }
  if (options.reset)
    throw new StackProblem('--reset is for the embedded database only: empty your own yourself.')
  return openGivenDatabase(options.dbUrl)
}
