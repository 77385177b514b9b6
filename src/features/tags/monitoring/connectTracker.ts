import { timings } from '../../monitoring/index.ts'
import { tracker } from './tracker.ts'
import { watchSession } from './watchSession.ts'

export function connectTracker(): void {
  watchSession(tracker)
  timings.connect(({ metric, label, ms, failed }) => {
    if (failed) tracker.trackFailure(metric, label)
    else tracker.track(metric, ms, label)
  })
}
