import type { RunStatus } from '../migration/runStatus.ts'
import { timeLeftMs, waitingFor } from '../migration/statusFacts.ts'
import { soFarOf } from './soFar.ts'

/** What `--status --json` prints. Times are ISO texts. */
export function statusJson(status: RunStatus) {
  const { run, rate, retries, batchSizes, workers, events, now } = status
  return {
    ...(run === null ? { runId: null, phase: 'none' } : { ...soFarOf(run), phase: run.status }),
    now,
    startedAt: run?.startedAt ?? null,
    finishedAt: run?.finishedAt ?? null,
    rate,
    timeLeftMs: timeLeftMs(status),
    waitingFor: waitingFor(status),
    retries,
    quarantined: run?.quarantined ?? 0,
    batchSizes,
    workers,
    events,
    errors: [],
  }
}
