import type { Run } from './migrationDatabase.ts'

const ENDED: ReadonlySet<Run['status']> = new Set(['complete', 'cancelled', 'rolled_back'])

/** The latest run, if it did not end. */
export function unfinishedRun<Latest extends Pick<Run, 'status'>>(latest: Latest | null): Latest | null {
  return latest === null || ENDED.has(latest.status) ? null : latest
}
