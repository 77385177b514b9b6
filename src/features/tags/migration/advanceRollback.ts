import { ChunkSizer } from './chunkSizer.ts'
import type { MigrationDatabase } from './migrationDatabase.ts'
import { MigrationFailure } from './migrationFailure.ts'
import type { RollbackForm } from './rollbackForm.ts'
import { RollbackManager } from './rollbackManager.ts'
import { type RunProgress, runProgress } from './runProgress.ts'
import type { RollbackResult } from './types.ts'

export interface RollbackStep {
  /** `working`: the time was over. `incomplete`: but for songs that could not be taken back. */
  outcome: 'working' | 'rolled-back' | 'partly-rolled-back' | 'incomplete' | 'try-later' | 'failed'
  /** Whether another call would go on. */
  again: boolean
  run: RunProgress | null
  /** What stood in the way, and what a person can do about it. */
  message?: string
  advice?: string
}

export interface RollbackStepOptions extends RollbackForm {
  runId: string
  worker: string
  /** Ends the work at its next safe point: its time is over. */
  signal: AbortSignal
}

/**
 * Takes a run back for a limited time; called again and again it takes it back whole. It remembers nothing itself and
 * may be killed at any moment.
 * @throws what is not a MigrationFailure
 */
export async function advanceRollback(
  database: MigrationDatabase,
  { runId, exact, to, worker, signal }: RollbackStepOptions,
): Promise<RollbackStep> {
  try {
    const sizer = new ChunkSizer('polite')
    const result = await new RollbackManager(database).rollback(runId, exact, { to, worker, sizer, signal })
    const run = await database.run(runId)
    return { ...stepOf(result), run: run && runProgress(run) }
  } catch (error) {
    if (!(error instanceof MigrationFailure)) throw error
    const { code, message, advice, transient } = error
    if (code === 'stopped') return { outcome: 'working', again: true, run: null }
    return { outcome: transient ? 'try-later' : 'failed', again: transient, run: null, message, advice }
  }
}

function stepOf({ phase, errors }: RollbackResult): Omit<RollbackStep, 'run'> {
  if (phase === 'paused') return { outcome: 'working', again: true }
  if (phase !== 'incomplete') return { outcome: phase, again: false }
  return {
    outcome: 'incomplete',
    again: false,
    message: `Some songs could not be taken back: ${errors[0]?.error ?? 'for an unknown reason'}`,
    advice: 'Mend the cause and roll back again; what is taken back stays so.',
  }
}
