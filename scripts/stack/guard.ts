import { type ChildProcess, spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type StopMode, stopPostmaster } from './stopPostmaster.ts'

/** What a guard does once the process that started it has gone. */
export interface GuardDuty {
  dataFolder: string
  mode: StopMode
  pgCtl: string
  /** A folder to delete after the stop: a test's server leaves nothing behind. */
  remove?: string
}

/**
 * Starts a small process that stops PostgreSQL when this process dies, however it dies. Exit hooks do not run on
 * SIGKILL, and a server that is left alone would go on for ever. The pipe is the signal: the system closes it when
 * this process ends. Detached, so that Ctrl-C in the terminal does not reach it.
 */
export function startGuard(duty: GuardDuty): ChildProcess {
  const args = ['--data', duty.dataFolder, '--mode', duty.mode, '--pg-ctl', duty.pgCtl]
  if (duty.remove !== undefined) args.push('--remove', duty.remove)
  const guard = spawn(process.execPath, [import.meta.filename, ...args], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
  })
  guard.unref()
  // A ChildProcess's stdin is a socket here, whose handle would otherwise keep the process from ending.
  if (guard.stdin !== null && 'unref' in guard.stdin && typeof guard.stdin.unref === 'function') {
    guard.stdin.unref()
  }
  return guard
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: '' },
      mode: { type: 'string', default: 'fast' },
      'pg-ctl': { type: 'string', default: '' },
      remove: { type: 'string' },
    },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
  process.stdin.resume()
  await new Promise((resolve) => process.stdin.once('close', resolve))
  await stopPostmaster(values.data, values.mode === 'immediate' ? 'immediate' : 'fast', values['pg-ctl'])
  if (values.remove !== undefined) await rm(values.remove, { recursive: true, force: true })
}

if (import.meta.main) await main()
