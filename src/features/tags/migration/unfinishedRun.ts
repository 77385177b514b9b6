import type { Run } from './migrationDatabase.ts'

const ENDED: ReadonlySet<Run['status']> = new Set(['complete', 'cancelled', 'rolled_back'])

/** The latest run, if it did not end. */
export function unfinishedRun(latest: Run | null): Run | null {
  return latest === null || ENDED.has(latest.status) ? null : latest
}
