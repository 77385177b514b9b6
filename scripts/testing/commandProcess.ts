import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { projectRoot } from '../stack/project.ts'

/** How a command ended. */
export interface Ended {
  /** null when a signal ended it. */
  code: number | null
  stdout: string
  stderr: string
}

/** A script in a process of its own, whose output can be waited for. */
export interface CommandProcess {
  child: ChildProcess
  /** Resolves once this was printed, on either stream; rejects when the process ends without it. */
  prints(text: string): Promise<void>
  ended: Promise<Ended>
}

/** Starts a script of this checkout with this environment and no other, as npm would in a log. */
export function startCommand(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): CommandProcess {
  const child = spawn(process.execPath, [join(projectRoot, script), ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'C.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { stdout: '', stderr: '' }
  const listeners = new Set<() => void>()
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text
      for (const listener of listeners) listener()
    })
  }
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, ...output }))
  })
  const prints = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!output.stdout.includes(text) && !output.stderr.includes(text)) return
        listeners.delete(look)
        resolve()
      }
      listeners.add(look)
      look()
      ended.then(
        () => reject(new Error(`It ended without “${text}”: ${output.stdout}${output.stderr}`)),
        reject,
      )
    })
  return { child, prints, ended }
}
