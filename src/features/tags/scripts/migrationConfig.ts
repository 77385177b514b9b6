import { hostname, userInfo } from 'node:os'
import type { MigrationConfig } from '../migration/types.ts'
import { DEFAULTS, type MigrateFlags } from './migrateOptions.ts'
import type { Session } from './session.ts'

/** What the engine is told for these flags. */
export function migrationConfig(flags: MigrateFlags, session: Session): MigrationConfig {
  return {
    batchSize: flags.batchSize,
    maxRetries: flags.maxRetries,
    retryDelayMs: 250,
    validateChecksum: !flags.skipValidation,
    dryRun: flags.dryRun ?? false,
    profile: flags.profile,
    fuzzy: flags.fuzzy,
    unfinished: flags.restart ? 'restart' : flags.resume ? 'resume' : 'resume-if-idle',
    rollbackOnFailure: flags.rollbackOnFailure ?? false,
    // Two keep the database busy while an answer travels; more would only take the processor from the songbook's users.
    workers: 2,
    errorLimits: { atLeast: 20, share: 0.5 },
    worker: workerName(),
    signal: session.signal,
  }
}

/** What the engine is told where the command line offers no choice. */
export function defaultConfig(session: Session): MigrationConfig {
  return migrationConfig(DEFAULTS, session)
}

/** Who works on a run, as other people see it beside the run. */
function workerName(): string {
  return `${userName()} on ${hostname()}, process ${process.pid}`
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    // A container's user may have no name.
    return 'somebody'
  }
}
