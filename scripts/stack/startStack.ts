import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { format } from 'node:util'
import { type Api, openApi } from './api.ts'
import { API_ROLE } from './bootstrapRoles.ts'
import { findRunningStack, type RunningStack } from './findRunningStack.ts'
import { openGate } from './gate.ts'
import { loadKeys, type StackKeys } from './keys.ts'
import { prepareDatabase } from './prepareDatabase.ts'
import { processIdentity } from './processIdentity.ts'
import { projectRoot } from './project.ts'
import type { ApiServer } from './serveApi.ts'
import { type Database, openEmbeddedDatabase, openGivenDatabase } from './stackDatabase.ts'
import { StackProblem } from './stackProblem.ts'
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
  const open: { gate?: ApiServer; api?: Api; database?: Database } = {}
  const stop = async () => {
    // From the outside in, so that requests under way still find their database.
    for (const close of [open.gate?.close, open.api?.close, open.database?.stop]) {
      // One part that fails to close must not keep the others running.
      await close?.().catch((error: unknown) => report(`While stopping: ${String(error)}`))
    }
    await releaseState(folder)
  }
  try {
    const gate = await openGate(options.port ?? DEFAULT_PORT, claim.instance, () => open.api)
    open.gate = gate
    const database = await openDatabase(folder, keys, options, report)
    open.database = database
    const applied = await prepareDatabase({
      ...database,
      ...(database.isEmbedded ? { ownerPassword: keys.postgresPassword } : {}),
      apiPassword: keys.postgresPassword,
    })
    if (applied.length > 0) report(`Applied ${applied.length} migrations.`)
    const api = await openApi({
      ...keys,
      dbUrl: database.urlFor(API_ROLE, keys.postgresPassword),
      onError: logTo(join(folder, 'api.log')),
    })
    await updateState(folder, { ...claim, apiUrl: gate.url, dbUrl: database.ownerUrl })
    open.api = api
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

/** Refused and failed queries of this start: a client sees of an unexpected one only that there was one. */
function logTo(file: string): (...what: unknown[]) => void {
  const log = createWriteStream(file, { mode: 0o600 })
  // A full disk must not end the API.
  log.on('error', () => undefined)
  return (...what) => log.write(`${new Date().toISOString()} ${format(...what)}\n`)
}
