import { readFile } from 'node:fs/promises'
import { freePort } from '../../stack/freePort.ts'
import { startGuard } from '../../stack/guard.ts'
import { initialiseData } from '../../stack/initialiseData.ts'
import { generateKeys } from '../../stack/keys.ts'
import { prepareTemporaryHome } from '../../stack/postgresHome.ts'
import { startPostgres } from '../../stack/postgresServer.ts'
import { testSettings } from '../../stack/postgresSettings.ts'
import type { TemporaryCluster } from '../../stack/temporaryCluster.ts'

/** A PostgreSQL that can be stopped as by a power cut, and that leaves nothing behind. */
export interface RestartableCluster extends TemporaryCluster {
  /** Ends every session at once and starts again, which recovers from the log. */
  crash(): Promise<void>
  /** What the server wrote about deadlocks since it started, statements included. */
  deadlocks(): Promise<string[]>
}

/** What a commit promised must survive the crash of the server, though not of the machine. */
const settings = {
  ...testSettings,
  synchronous_commit: 'on',
  full_page_writes: 'on',
  // Of a deadlock the log then tells both sides.
  log_lock_waits: 'on',
}

/** Starts one in the temporary folder. @throws Error with the end of the server's log when it does not come up */
export async function startRestartableCluster(): Promise<RestartableCluster> {
  const keys = generateKeys()
  const home = await prepareTemporaryHome(true)
  await initialiseData(home, keys.postgresPassword)
  // The servers come and go; this one deletes the data, also when this process is killed.
  const guard = startGuard({
    dataFolder: home.dataFolder,
    mode: 'immediate',
    pgCtl: home.binaries.pgCtl,
    remove: home.folder,
  })
  const port = await freePort()
  const start = () => startPostgres({ home, port, settings, stopMode: 'immediate' })
  let server = await start()
  return {
    port,
    keys,
    crash: async () => {
      await server.stop()
      server = await start()
    },
    deadlocks: async () => {
      const entries = (await readFile(home.logFile, 'utf8')).split(/\n(?=\d{4}-\d\d-\d\d )/)
      return entries.filter((entry) => /deadlock|still waiting|DETAIL|CONTEXT/.test(entry)).slice(-24)
    },
    stop: async () => {
      await server.stop()
      guard.ref()
      const gone = new Promise((resolve) => guard.once('exit', resolve))
      guard.stdin?.end()
      await gone
    },
  }
}
