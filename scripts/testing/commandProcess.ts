import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import * as z from 'zod/mini'
import { processCoverage } from '../coverage/rawCoverage.ts'
import { PACKAGE_VARIABLE } from '../stack/postgresPackage.ts'
import { projectRoot } from '../stack/project.ts'

/** How a command ended. */
export interface Ended {
  /** null when a signal ended it. */
  code: number | null
  stdout: string
  stderr: string
  /** What a preloaded module wrote to file descriptor 3. */
  report: string
  /** From its start to its end, as a person would wait; milliseconds. */
  wallMs: number
}

/** A script in a process of its own, whose output can be waited for. */
export interface CommandProcess {
  child: ChildProcess
  /** Resolves once this was printed, on either stream; rejects when the process ends without it. */
  prints(text: string): Promise<void>
  ended: Promise<Ended>
}

/** What the npm scripts load before a command. */
export const COMPILE_CACHE = ['--import', join(projectRoot, 'scripts/compileCache.mjs')] as const

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')))

/** The flags that npm starts Node with for this file, from package.json: what is tested and measured is what people run. */
export function nodeFlagsOf(file: string): string[] {
  const words = Object.values(scripts)
    .map((command) => command.split(' '))
    .find((command) => command.includes(file))
  const before = words?.slice(0, words.indexOf(file)) ?? []
  return before.filter((word) => word.startsWith('--') && word !== '--import')
}

/**
 * Starts a script of this checkout with this environment and no other, as npm would in a log: keys, colours or a CI
 * flag of whoever runs it must not change what it does. A PostgreSQL that it starts is of the version under test.
 *
 * @param preload a module that the process loads before the script
 */
export function startCommand(
  script: string,
  args: readonly string[],
  env: Readonly<NodeJS.ProcessEnv>,
  preload?: string,
): CommandProcess {
  const started = performance.now()
  const preloads = preload === undefined ? [] : ['--import', preload]
  const options = [...nodeFlagsOf(script), ...COMPILE_CACHE, ...preloads]
  const child = spawn(process.execPath, [...options, join(projectRoot, script), ...args], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      LANG: 'C.UTF-8',
      [PACKAGE_VARIABLE]: process.env[PACKAGE_VARIABLE],
      ...processCoverage(),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const output = { stdout: '', stderr: '', report: '' }
  const listeners = new Set<() => void>()
  for (const [name, stream] of [
    ['stdout', child.stdio[1]],
    ['stderr', child.stdio[2]],
    ['report', child.stdio[3]],
  ] as const) {
    if (!(stream instanceof Readable)) continue
    stream.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text
      for (const listener of listeners) listener()
    })
  }
  const ended = new Promise<Ended>((resolve, reject) => {
    let wallMs = 0
    child.once('error', reject)
    child.once('exit', () => {
      wallMs = performance.now() - started
    })
    child.once('close', (code) => resolve({ code, ...output, wallMs }))
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
