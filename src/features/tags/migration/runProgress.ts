import type { Run } from './migrationDatabase.ts'

/** What a person is told about a run. */
export type RunProgress = Pick<
  Run,
  | 'id'
  | 'status'
  | 'songs'
  | 'totalSongs'
  | 'batches'
  | 'quarantined'
  | 'certificate'
  | 'worker'
  | 'startedAt'
  | 'idleSeconds'
>

export function runProgress(run: Run): RunProgress {
  const { id, status, songs, totalSongs, batches, quarantined, certificate, worker, startedAt, idleSeconds } =
    run
  return {
    id,
    status,
    songs,
    totalSongs,
    batches,
    quarantined,
    certificate,
    worker,
    startedAt,
    idleSeconds,
  }
}
