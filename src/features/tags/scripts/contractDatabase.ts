import { MigrationDatabase } from '../migration/migrationDatabase.ts'
import { sleepUntil } from '../migration/retry.ts'
import type { MigrationConfig } from '../migration/types.ts'
import type { Connection } from './connect.ts'
import type { Session } from './session.ts'

/** The engine's functions, for what is no run: waits are shown, and Ctrl-C ends them. */
export function contractDatabase(
  { client }: Connection,
  { maxRetries, retryDelayMs }: MigrationConfig,
  { screen, signal }: Session,
): MigrationDatabase {
  return new MigrationDatabase(client, {
    maxRetries,
    delayMs: retryDelayMs,
    sleep: sleepUntil(signal),
    random: Math.random,
    onRetry: (failure) => screen.wait('Waiting', failure.message),
  })
}
