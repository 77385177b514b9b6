import type { MigrationDatabase, Run } from './migrationDatabase.ts'
import type { MigrationReporter } from './migrationReporter.ts'
import { quarantinedBefore } from './quarantinedBefore.ts'
import type { CheckedValidation, MigrationResult } from './types.ts'

/** How a session ended, and what it alone knows. */
export interface SessionEnd {
  phase: 'complete' | 'paused' | 'left' | 'failed' | 'nothing-to-do'
  /** `performance.now()` at its start. */
  startedAt: number
  checks: CheckedValidation[]
}

/** Totals come from the database, so that a resumed run reports all of its sessions. @throws MigrationFailure */
export async function migrationResult(
  database: MigrationDatabase,
  reporter: MigrationReporter,
  run: Run | null,
  { phase, startedAt, checks }: SessionEnd,
): Promise<MigrationResult> {
  const { errors, retries } = reporter.progress
  const earlier =
    run === null || run.quarantined === 0 ? [] : await quarantinedBefore(database, run.id, errors)
  return {
    runId: run?.id ?? null,
    phase: run?.status === 'rolled_back' && phase !== 'nothing-to-do' ? 'rolled-back' : phase,
    processedCount: run?.songs ?? 0,
    totalCount: run === null ? 0 : Math.max(run.totalSongs, run.songs),
    tagsCreated: run?.tagsCreated ?? 0,
    tagsReused: run?.tagsReused ?? 0,
    linksCreated: run?.linksCreated ?? 0,
    errors: [...earlier, ...errors],
    batches: run?.batches ?? 0,
    retries,
    durationMs: performance.now() - startedAt,
    certificate: run?.certificate ?? null,
    checks,
  }
}
