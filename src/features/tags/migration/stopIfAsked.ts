import { MigrationFailure } from './migrationFailure.ts'

/** @throws MigrationFailure `stopped`, once a person wants the work to end at its next safe point */
export function stopIfAsked(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return
  throw new MigrationFailure('stopped', 'Stopped when asked to.', { advice: 'Run the command again.' })
}
