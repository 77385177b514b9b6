import type { Run } from './migrationDatabase.ts'
import { MigrationFailure } from './migrationFailure.ts'

/** Another run, or another worker, stands in the way; the advice is one that the run's status allows. */
export function busyRun(
  run: Run,
  message = `Run ${run.id} is ${run.status.replace('_', ' ')} now.`,
): MigrationFailure {
  return new MigrationFailure('busy', message, { advice: adviceFor(run) })
}

function adviceFor({ status, exactRollback }: Run): string {
  switch (status) {
    case 'rolling_back':
      return `Finish that first: npm run rollback${exactRollback ? ' -- --exact' : ''}`
    case 'paused':
    case 'failed':
      return 'Go on with: npm run migrate -- --resume'
    case 'complete':
    case 'cancelled':
    case 'rolled_back':
      return 'Run the command again.'
    default:
      return 'Let it end, join it with: npm run migrate -- --join, or take it over with: npm run migrate -- --resume'
  }
}
