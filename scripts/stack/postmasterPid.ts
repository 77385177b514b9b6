import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a PostgreSQL server writes about itself into its data folder. */
export interface Postmaster {
  pid: number
  port: number
  /** False while it recovers or shuts down. */
  ready: boolean
}

/**
 * Reads postmaster.pid. The file outlives a killed server, and its pid may by then be another program's: undefined
 * unless a process with that pid runs, and on Linux only if that process is a postgres.
 */
export function readPostmaster(dataFolder: string): Postmaster | undefined {
  const lines = readText(join(dataFolder, 'postmaster.pid'))?.split('\n')
  const pid = Number(lines?.[0])
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined
  const [, command, state] = /\((.*)\) (\S)/.exec(readText(`/proc/${pid}/stat`) ?? '') ?? []
  // A killed server stays a zombie for ever where process 1 does not reap, as in many containers.
  if (command !== undefined && (command !== 'postgres' || state === 'Z')) return undefined
  return { pid, port: Number(lines?.[3]), ready: lines?.[7]?.trim() === 'ready' }
}

/** Whether a process has this pid; one of another user counts as alive, a zombie of our own does too. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
