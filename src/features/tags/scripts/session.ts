import type { MigrationError } from '../migration/types.ts'
import type { Environment } from './environment.ts'
import type { ExitCode } from './exitCodes.ts'
import type { Screen } from './terminal/screen.ts'

/** What a command works with, so that it can be called without a command line. */
export interface Session {
  env: Environment
  screen: Screen
  /** Aborted when the person wants it to end at its next safe point. */
  signal: AbortSignal
  /** Asks a person at the terminal; undefined where there is none to ask. */
  ask: ((question: string) => Promise<string>) | undefined
  /** From now on, never printed. */
  keepSecret(text: string): void
  /** What `--json` tells beside the error when the command fails; filled as it becomes known. */
  soFar: SoFar
}

export interface SoFar extends Record<string, unknown> {
  errors?: MigrationError[]
}

/** How a command ended, and what `--json` prints of it. */
export interface Outcome {
  exitCode: ExitCode
  json: object
}
