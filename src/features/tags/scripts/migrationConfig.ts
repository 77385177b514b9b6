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
    unfinished: wishFor(flags),
    rollbackOnFailure: flags.rollbackOnFailure ?? false,
    workers: flags.workers,
    errorLimits: { atLeast: 20, share: 0.5 },
    worker: workerName(),
    signal: session.signal,
  }
}

function wishFor({ restart, resume, join }: MigrateFlags): MigrationConfig['unfinished'] {
  if (restart) return 'restart'
  if (resume) return 'resume'
  return join ? 'join' : 'resume-if-idle'
}

/** What the engine is told where the command line offers no choice. */
export function defaultConfig(session: Session): MigrationConfig {
  return migrationConfig(DEFAULTS, session)
}

/** Who works on a run, as other people see it beside the run. */
export function workerName(): string {
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
