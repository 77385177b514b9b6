import { sendMetric } from '../../monitoring/index.ts'
import { metricSources } from './metricSources.ts'
import { PerformanceTracker, type Tracked } from './performanceTracker.ts'

/** The app's one. What it notes is sent to the songbook's own server every minute, and to Sentry where there is one. */
export const tracker = new PerformanceTracker({
  // People press keys a hundred times as often as they do anything else that is timed.
  oneIn: { 'tags.autocomplete': 4 },
  onTracked: tellSentry,
})
metricSources.add(() => tracker.take())

function tellSentry({ metric, label, count, ms, failed }: Tracked): void {
  // The SDK sees to web vitals itself.
  if (metric.startsWith('web.')) return
  const attributes = label === '' ? {} : { label }
  if (ms === undefined) sendMetric({ name: failed ? `${metric}.failed` : metric, value: count, attributes })
  else
    sendMetric({ name: metric, value: ms, unit: 'millisecond', attributes: { ...attributes, one_in: count } })
}
