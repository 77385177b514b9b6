import { type Advance, advanceRun } from '../../../src/features/tags/migration/advanceRun.ts'
import { checkDrift, type DriftCheck } from '../../../src/features/tags/migration/checkDrift.ts'
import { createMigrationClient } from '../../../src/features/tags/migration/migrationClient.ts'
import { MigrationDatabase } from '../../../src/features/tags/migration/migrationDatabase.ts'
import { sleepUntil } from '../../../src/features/tags/migration/retry.ts'
import { type RunProgress, runProgress } from '../../../src/features/tags/migration/runProgress.ts'
import type { Command } from './commandSchema.ts'
import type { Settings } from './settings.ts'

export type Obeyed =
  | Advance
  | { outcome: 'status'; run: RunProgress | null }
  | ({ outcome: 'drift' } & DriftCheck)

/**
 * Does what an admin or the schedule asks for, within the budget, with the secret key.
 * @param worker shown to people beside the run
 * @throws MigrationFailure
 */
export async function obey(command: Command, settings: Settings, worker: string): Promise<Obeyed> {
  const client = createMigrationClient(settings.url, settings.secretKey)
  const signal = AbortSignal.timeout(settings.budgetMs)
  if (command.action === 'advance') {
    return advanceRun(client, { worker, start: command.start, resume: command.resume, signal })
  }
  const database = new MigrationDatabase(client, {
    maxRetries: 3,
    delayMs: 250,
    sleep: sleepUntil(signal),
    random: Math.random,
    onRetry: () => {},
  })
  if (command.action === 'drift') return { outcome: 'drift', ...(await checkDrift(database)) }
  const run = await database.run(null)
  return { outcome: 'status', run: run && runProgress(run) }
}
