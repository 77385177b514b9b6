import type { MigrationError } from '../migration/types.ts'
import { EXIT } from './exitCodes.ts'
import type { FailureReport } from './failureReport.ts'
import type { SoFar } from './session.ts'

/** A command that failed, and what it had done by then. */
export interface FailedCommand {
  report: FailureReport
  soFar: SoFar
  durationMs: number
}

/**
 * What `--json` prints of a command that failed: every key that a script reads after a good end, with what is known by
 * then, and the failure among `errors` as that of the song `system`.
 */
export function failedMigrationJson(failed: FailedCommand) {
  return {
    runId: null,
    processedCount: 0,
    totalCount: 0,
    tagsCreated: 0,
    tagsReused: 0,
    linksCreated: 0,
    batches: 0,
    retries: 0,
    certificate: null,
    checks: [],
    ...failedJson(failed),
    durationMs: Math.round(failed.durationMs),
  }
}

export function failedValidationJson(failed: FailedCommand) {
  return { valid: false, runId: null, certificate: null, checks: [], ...failedJson(failed) }
}

export function failedRollbackJson(failed: FailedCommand) {
  return {
    runId: null,
    restoredCount: 0,
    linksRemoved: 0,
    tagsRemoved: 0,
    conflicts: [],
    alreadyRolledBack: false,
    ...failedJson(failed),
    durationMs: Math.round(failed.durationMs),
  }
}

/** What any command has to say. */
export function failedJson({ report: { code, message, advice, exitCode }, soFar }: FailedCommand) {
  const { errors = [], ...known } = soFar
  const system: MigrationError = {
    songId: 'system',
    error: message,
    context: { code, advice },
    // Wrong usage stays wrong however often it is repeated.
    recoverable: exitCode !== EXIT.usage,
  }
  return {
    ...known,
    phase: code === 'paused' || code === 'cancelled' ? code : 'failed',
    error: { code, message, advice },
    // The engine's own entry for the failure says less.
    errors: [...errors.filter((error) => error.songId !== 'system'), system],
  }
}
