import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../stack/project.ts'
import { COMPILE_CACHE, nodeFlagsOf } from '../../testing/commandProcess.ts'

export type Command = 'migrate' | 'rollback'

/** What is the matter with a worker's own machine. */
export interface Ailment {
  /** Everything that it writes goes to a full disk. */
  fullLog?: boolean
  /** How far its clock is off, and that it jumps. */
  skewedClock?: boolean
  smallHeap?: boolean
}

/** A command in a process of its own. */
export interface Worker {
  child: ChildProcess
  ended: Promise<EndedWorker>
}

export interface EndedWorker {
  command: string
  /** null when a signal ended it. */
  code: number | null
  stdout: string
  stderr: string
}

export function startWorker(
  command: Command,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  ailment: Ailment = {},
): Worker {
  const script = `src/features/tags/scripts/${command}.ts`
  const full = ailment.fullLog ? openSync('/dev/full', 'w') : undefined
  const options = [...nodeFlagsOf(script), ...nodeArguments(ailment)]
  const child = spawn(process.execPath, [...options, join(projectRoot, script), ...args, '--json'], {
    cwd: projectRoot,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'C.UTF-8', ...env },
    stdio: ['ignore', full ?? 'pipe', full ?? 'pipe'],
  })
  if (full !== undefined) closeSync(full)
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text
    })
  }
  const ended = new Promise<EndedWorker>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ command: [command, ...args].join(' '), code, ...output }))
  })
  return { child, ended }
}

function nodeArguments({ skewedClock, smallHeap }: Ailment): string[] {
  return [
    ...COMPILE_CACHE,
    ...(smallHeap ? ['--max-old-space-size=64'] : []),
    ...(skewedClock ? ['--import', join(import.meta.dirname, 'skewedClock.ts')] : []),
  ]
}
