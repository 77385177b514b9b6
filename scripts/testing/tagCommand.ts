import type { ChildProcess } from 'node:child_process'
import { type Ended, startCommand } from './commandProcess.ts'

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

export interface EndedTagCommand extends Omit<Ended, 'stdout'> {
  /** The last line of stdout, parsed; undefined when there is none. */
  answer: unknown
}

export function launchTagCommand(
  command: TagCommand,
  args: readonly string[],
  { apiUrl, secretKey, preload, env }: TagCommandOptions,
): RunningTagCommand {
  const { child, ended } = startCommand(
    `src/features/tags/scripts/${command}.ts`,
    [...args, '--json'],
    { SUPABASE_URL: apiUrl, SUPABASE_SECRET_KEY: secretKey, ...env },
    preload,
  )
  return { child, ended: ended.then(({ stdout, ...rest }) => ({ ...rest, answer: lastLine(stdout) })) }
}

/** A process that was killed may have written half a line. */
function lastLine(stdout: string): unknown {
  try {
    return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')
  } catch {
    return undefined
  }
}
