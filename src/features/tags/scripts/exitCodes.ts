import type { FailureCode } from '../migration/migrationFailure.ts'
import { MigrationFailure } from '../migration/migrationFailure.ts'
import type { MigrationResult, RollbackResult, ValidationReport } from '../migration/types.ts'
import { WrongUsage } from './wrongUsage.ts'

/** What a shell learns from the commands here. The only place that knows the numbers. */
export const EXIT = {
  done: 0,
  /** Something failed, or somebody paused it; what is committed stays, and the same command goes on. */
  failed: 1,
  /** Nothing was changed: the command line, the environment or the database has to be put right first. */
  usage: 2,
  /** It ended, and a person has to look: songs in quarantine or not taken back, a failed check, or cancelled by somebody. */
  attention: 3,
  /** 128 + SIGINT, as shells say it. */
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

const USAGE_FAILURES: ReadonlySet<FailureCode> = new Set([
  'unauthorized',
  'forbidden',
  'not-installed',
  'unexpected-answer',
  'nothing-to-resume',
  'bad-plan',
  'stale-plan',
  'unknown-run',
  'before-images-gone',
  'nothing-beyond',
  'not-ready',
])

/** @param error whatever was thrown */
export function exitCodeOfFailure(error: unknown): ExitCode {
  if (error instanceof WrongUsage) return EXIT.usage
  if (!(error instanceof MigrationFailure)) return EXIT.failed
  if (error.code === 'stopped') return EXIT.interrupted
  if (error.code === 'cancelled') return EXIT.attention
  return USAGE_FAILURES.has(error.code) ? EXIT.usage : EXIT.failed
}

export function exitCodeOfMigration(result: Pick<MigrationResult, 'phase' | 'errors' | 'checks'>): ExitCode {
  if (result.phase === 'paused' || result.phase === 'left') return EXIT.interrupted
  const isClean =
    result.phase !== 'failed' && result.errors.length === 0 && result.checks.every((check) => check.ok)
  return isClean ? EXIT.done : EXIT.attention
}

export function exitCodeOfValidation(report: Pick<ValidationReport, 'valid'>): ExitCode {
  return report.valid ? EXIT.done : EXIT.attention
}

export function exitCodeOfRollback(result: Pick<RollbackResult, 'phase'>): ExitCode {
  if (result.phase === 'paused') return EXIT.interrupted
  return result.phase === 'incomplete' ? EXIT.attention : EXIT.done
}
