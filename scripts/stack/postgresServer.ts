import { type ChildProcess, spawn } from 'node:child_process'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { startGuard } from './guard.ts'
import { serverEnvironment } from './initialiseData.ts'
import type { PostgresHome } from './postgresHome.ts'
import type { PostgresSettings } from './postgresSettings.ts'
import { readPostmaster } from './postmasterPid.ts'
import { type StopMode, stopPostmaster } from './stopPostmaster.ts'

/** A running server and its one process. */
export interface PostgresServer {
  port: number
  /** Resolves when the server's process has ended, whoever ended it. */
  exited: Promise<void>
  stop(): Promise<void>
}

export interface ServerOptions {
  home: PostgresHome
  port: number
  settings: PostgresSettings
  stopMode: StopMode
  /** Delete the whole home after the stop. */
  temporary?: boolean
}

/**
 * Starts the server and resolves once it takes connections.
 *
 * @throws Error with the end of the server's log when it does not come up
 */
export async function startPostgres(options: ServerOptions): Promise<PostgresServer> {
  const { home, port, stopMode, temporary } = options
  await rename(home.logFile, `${home.logFile}.old`).catch(() => undefined)
  const log = await open(home.logFile, 'w', 0o600)
  const server = spawn(home.binaries.postgres, serverArguments(options), {
    ...home.account,
    cwd: home.folder,
    env: serverEnvironment(),
    stdio: ['ignore', log.fd, log.fd],
    // In a session of its own, or Ctrl-C would reach it before the API has answered its last request.
    detached: true,
  })
  const exited = new Promise<void>((resolve) => {
    server.once('exit', () => resolve())
    server.once('error', () => resolve())
  })
  await log.close()
  const guard = startGuard({
    dataFolder: home.dataFolder,
    mode: stopMode,
    pgCtl: home.binaries.pgCtl,
    ...(temporary ? { remove: home.folder } : {}),
  })
  await becomeReady(server, home)
  server.unref()

  let stopping: Promise<void> | undefined
  const stop = async () => {
    server.ref()
    await stopPostmaster(home.dataFolder, stopMode, home.binaries.pgCtl)
    await exited
    guard.ref()
    const guardGone = new Promise((resolve) => guard.once('exit', resolve))
    if (guard.exitCode === null && guard.signalCode === null) {
      guard.stdin?.end()
      await guardGone
    }
    if (temporary) await rm(home.folder, { recursive: true, force: true })
  }
  return {
    port,
    exited,
    stop: () => {
      stopping ??= stop()
      return stopping
    },
  }
}

/** The server's own file says when it is ready: trying connections would fill its log with refusals. */
async function becomeReady(server: ChildProcess, home: PostgresHome): Promise<void> {
  for (;;) {
    const postmaster = readPostmaster(home.dataFolder)
    if (postmaster?.pid === server.pid && postmaster?.ready) return
    if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) {
      const log = await readFile(home.logFile, 'utf8').catch(() => '')
      throw new Error(`PostgreSQL did not start:\n${log.trim().split('\n').slice(-8).join('\n')}`)
    }
    await delay(10)
  }
}

function serverArguments({ home, port, settings }: ServerOptions): string[] {
  const args = ['-D', home.dataFolder, '-p', String(port)]
  for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`)
  return args
}
