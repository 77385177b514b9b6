import type { RunStatus, WorkerStatus } from './runStatus.ts'

/** A worker that gave no sign of life for so long may be gone; milliseconds. */
const SILENT_AFTER_MS = 15_000

/** Songs done of how many: taken back, while the run is. */
export function songsOf({ run }: RunStatus): { done: number; total: number } {
  if (run === null) return { done: 0, total: 0 }
  if (run.status === 'rolling_back' || run.status === 'rolled_back')
    return { done: run.songsRestored, total: run.songs }
  return { done: run.songs, total: Math.max(run.totalSongs, run.songs) }
}

/** At the rate of the last seconds, milliseconds; null when nothing moves. */
export function timeLeftMs(status: RunStatus): number | null {
  const { run, rate } = status
  const isMoving = run?.status === 'running' || run?.status === 'rolling_back'
  if (!isMoving || rate === null || rate <= 0) return null
  const { done, total } = songsOf(status)
  return Math.round(((total - done) / rate) * 1000)
}

/** Whether a worker may still be at work. */
export function isLively({ now }: RunStatus, worker: WorkerStatus): boolean {
  return worker.leftAt === null && now.getTime() - worker.seenAt.getTime() < SILENT_AFTER_MS
}

/** Why the run does not go on, or more slowly than it could; null when nothing holds it up. */
export function waitingFor(status: RunStatus): string | null {
  const { run, events, workers } = status
  const last = events.at(-1)
  switch (run?.status) {
    case 'paused':
      return `paused by ${last?.worker || 'somebody'}`
    case 'failed':
      return `failed: ${run.failure?.message ?? 'for an unknown reason'}`
    case 'preparing':
    case 'running':
    case 'validating':
    case 'rolling_back': {
      if (run.idleSeconds * 1000 >= SILENT_AFTER_MS && !workers.some((worker) => isLively(status, worker)))
        return 'nobody seems to work on it'
      return workers.find((worker) => isLively(status, worker) && worker.waitingFor)?.waitingFor ?? null
    }
    default:
      return null
  }
}
