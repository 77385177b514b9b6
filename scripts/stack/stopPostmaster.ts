import { spawnSync } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { readPostmaster } from './postmasterPid.ts'

/** fast: ends sessions and writes a checkpoint. immediate: just ends; the next start recovers from the log. */
export type StopMode = 'fast' | 'immediate'

/** After this a fast stop becomes an immediate one: no data is lost by it, only the next start takes longer. */
const PATIENCE_MS = 60_000

/** Stops whatever server runs on the data folder, if any, and waits until it has gone. */
export async function stopPostmaster(dataFolder: string, mode: StopMode, pgCtl: string): Promise<void> {
  const first = readPostmaster(dataFolder)
  if (first === undefined) return
  signal(first.pid, mode, dataFolder, pgCtl)
  let patience = Date.now() + PATIENCE_MS
  while (readPostmaster(dataFolder)?.pid === first.pid) {
    if (Date.now() > patience) {
      signal(first.pid, 'immediate', dataFolder, pgCtl)
      patience = Number.POSITIVE_INFINITY
    }
    await delay(20)
  }
}

function signal(pid: number, mode: StopMode, dataFolder: string, pgCtl: string): void {
  if (process.platform === 'win32') {
    // Windows has no such signals; pg_ctl speaks to the server over its own pipe.
    spawnSync(pgCtl, ['stop', '-D', dataFolder, '-m', mode, '-W'])
    return
  }
  try {
    process.kill(pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
