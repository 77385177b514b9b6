import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { projectRoot } from '../stack/project.ts'

/** The migration's commands, as `npm run NAME` starts them. */
export type TagCommand = 'migrate' | 'validate' | 'rollback'

export interface TagCommandOptions {
  apiUrl: string
  secretKey: string
  /** A module that the process loads before the command; what it writes to file descriptor 3 comes back as `report`. */
  preload?: string
  env?: NodeJS.ProcessEnv
}

/** A command in a process of its own, as npm would start it, with --json. */
export interface RunningTagCommand {
  child: ChildProcess
  ended: Promise<EndedTagCommand>
}

export interface EndedTagCommand {
  /** null when a signal ended it. */
  code: number | null
  /** The last line of stdout, parsed; undefined when there is none. */
  answer: unknown
  stderr: string
  report: string
  /** From its start to its end, as a person would wait; milliseconds. */
  wallMs: number
}

export function launchTagCommand(
  command: TagCommand,
  args: readonly string[],
  options: TagCommandOptions,
): RunningTagCommand {
  const script = join(projectRoot, `src/features/tags/scripts/${command}.ts`)
  const preload = options.preload === undefined ? [] : ['--import', options.preload]
  const started = performance.now()
  const child = spawn(process.execPath, [...preload, script, ...args, '--json'], {
    cwd: projectRoot,
    // Only this: keys, colours or a CI flag of whoever runs the script must not change what is measured.
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      SUPABASE_URL: options.apiUrl,
      SUPABASE_SECRET_KEY: options.secretKey,
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const stdout = collect(child.stdout)
  const stderr = collect(child.stderr)
  const report = collect(child.stdio[3] as Readable)
  const ended = new Promise<EndedTagCommand>((resolve, reject) => {
    let wallMs = 0
    child.once('error', reject)
    child.once('exit', () => {
      wallMs = performance.now() - started
    })
    child.once('close', (code) =>
      resolve({ code, answer: lastLine(stdout.text), stderr: stderr.text, report: report.text, wallMs }),
    )
  })
  return { child, ended }
}

function collect(stream: Readable | null): { text: string } {
  const collected = { text: '' }
  stream?.setEncoding('utf8').on('data', (chunk: string) => {
    collected.text += chunk
  })
  return collected
}

/** A process that was killed may have written half a line. */
function lastLine(stdout: string): unknown {
  try {
    return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')
  } catch {
    return undefined
  }
}
