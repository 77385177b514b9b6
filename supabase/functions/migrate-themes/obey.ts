import { advanceContract, type ContractStep } from '../../../src/features/tags/migration/advanceContract.ts'
import { advanceRollback, type RollbackStep } from '../../../src/features/tags/migration/advanceRollback.ts'
import { type Advance, advanceRun } from '../../../src/features/tags/migration/advanceRun.ts'
import { checkDrift, type DriftCheck } from '../../../src/features/tags/migration/checkDrift.ts'
import { createMigrationClient } from '../../../src/features/tags/migration/migrationClient.ts'
import { MigrationDatabase } from '../../../src/features/tags/migration/migrationDatabase.ts'
import { sleepUntil } from '../../../src/features/tags/migration/retry.ts'
import { type RunProgress, runProgress } from '../../../src/features/tags/migration/runProgress.ts'
import {
  MigrationTelemetry,
  type SessionEnd,
} from '../../../src/features/tags/monitoring/migrationTelemetry.ts'
import { openSentry } from '../_shared/openSentry.ts'
import type { Command } from './commandSchema.ts'
import type { Settings } from './settings.ts'

export type Obeyed =
  | Advance
  | RollbackStep
  | ContractStep
  | { outcome: 'status'; run: RunProgress | null }
  | ({ outcome: 'drift' } & DriftCheck)

/**
 * Does what an admin or the schedule asks for, within the budget, with the secret key.
 * @param worker shown to people beside the run
 * @throws MigrationFailure
 */
export async function obey(command: Command, settings: Settings, worker: string): Promise<Obeyed> {
  const { sentry } = settings
  const sdk = sentry && (await openSentry({ ...sentry, worker: 'edge function' }))
  const telemetry = sdk && new MigrationTelemetry(sdk, 'edge function')
  const client = createMigrationClient(settings.url, settings.secretKey, telemetry?.fetchThrough())
  const inTime = () => AbortSignal.timeout(settings.budgetMs)
  const signal = inTime()
  if (command.action === 'advance') {
    const { start, resume, plan, song } = command
    const advance = () => advanceRun(client, { worker, start, resume, plan, song, signal })
    return telemetry ? telemetry.session(advance, sessionEndOf) : advance()
  }
  const database = new MigrationDatabase(client, {
    maxRetries: 3,
    delayMs: 250,
    sleep: sleepUntil(signal),
    random: Math.random,
    onRetry: () => {},
  })
  if (command.action === 'drift') return { outcome: 'drift', ...(await checkDrift(database)) }
  if (command.action === 'rollback') {
    const { run: runId, exact, to } = command
    const rollback = () => advanceRollback(database, { runId, exact, to, worker, signal })
    return telemetry ? telemetry.session(rollback, sessionEndOf) : rollback()
  }
  if (command.action === 'finalize') {
    const { quietDays, songs } = command
    return advanceContract(database, { quietDays, songs, worker, validating: inTime, dropping: inTime })
  }
  const run = await database.run(null)
  return { outcome: 'status', run: run && runProgress(run) }
}

function sessionEndOf({ outcome, run }: Advance | RollbackStep): SessionEnd {
  return { phase: outcome, run: run?.id ?? null, songs: run?.songs ?? 0 }
}
