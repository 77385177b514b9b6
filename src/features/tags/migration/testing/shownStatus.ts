import type { Run } from '../migrationDatabase.ts'
import type { RunStatus, WorkerStatus } from '../runStatus.ts'

const now = new Date('2026-11-22T20:01:30Z')

/** So many seconds before the time at which the status is told. */
export const secondsAgo = (seconds: number) => new Date(now.getTime() - seconds * 1000)

export const run: Run = {
  id: '0c5e0000-0000-4000-8000-000000000001',
  status: 'running',
  epoch: 1,
  planHash: '',
  totalSongs: 10_000,
  worker: 'ada on host, process 7',
  certificate: null,
  failure: null,
  exactRollback: null,
  rollbackToBatch: null,
  rollbackToTime: null,
  startedAt: secondsAgo(3600 * 26),
  finishedAt: null,
  rolledBackAt: null,
  prunedAt: null,
  idleSeconds: 0.2,
  batches: 77,
  songs: 7900,
  themes: 0,
  linksCreated: 0,
  songsRestored: 0,
  linksRemoved: 0,
  songsToRestore: 0,
  tagsRemoved: 0,
  lastSong: null,
  tagsCreated: 0,
  tagsReused: 0,
  quarantined: 2,
}

export const worker: WorkerStatus = {
  name: 'ada on host, process 7',
  since: secondsAgo(60),
  seenAt: secondsAgo(0.2),
  leftAt: null,
  batches: 40,
  songs: 4000,
  retries: 1,
  waitingFor: null,
  waitingSince: null,
}

/** A run at work, as it is told of; with whatever else is to be shown. */
export function statusOf(more: Partial<RunStatus> = {}): RunStatus {
  return {
    now,
    run,
    rate: 1240,
    retries: 3,
    batchSizes: [100, 200, 400, 640].map((songs, place) => ({
      until: secondsAgo(40 - place),
      songs,
      durationMs: 30,
    })),
    workers: [worker, { ...worker, name: 'bob\u001b[2J', songs: 3900, waitingFor: 'songs are held' }],
    events: [
      { at: secondsAgo(70), from: null, to: 'preparing', worker: worker.name, reason: 'started' },
      {
        at: secondsAgo(60),
        from: 'preparing',
        to: 'running',
        worker: worker.name,
        reason: 'every planned tag is committed',
      },
    ],
    ...more,
  }
}
