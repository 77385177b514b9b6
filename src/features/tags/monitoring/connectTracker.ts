import { timings } from '../../monitoring/index.ts'
import { tracker } from './tracker.ts'
import { watchSession } from './watchSession.ts'

/** From now on the tracker hears of what the app measures, and alerts of this session are looked for. */
export function connectTracker(): void {
  watchSession(tracker)
  timings.connect(({ metric, label, ms, failed }) => {
    if (failed) tracker.trackFailure(metric, label)
    else tracker.track(metric, ms, label)
  })
  // In the capturing phase, before whoever sends what there is when the page goes out of sight: it may be the last to be sent.
  for (const leaving of ['visibilitychange', 'pagehide'])
    addEventListener(leaving, () => tracker.noteReads(), true)
}
