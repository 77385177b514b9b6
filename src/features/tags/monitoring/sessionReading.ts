import type { Reading } from './alerting.ts'
import type { AlertRule } from './alertRules.ts'
import type { PerformanceTracker } from './performanceTracker.ts'
import type { Tally } from './series.ts'

/** What a rule's signal was in this browser, over the rule's window. @returns undefined for what a browser cannot know */
export function sessionReading(tracker: PerformanceTracker, rule: AlertRule): Reading | undefined {
  const minutes = Math.ceil(rule.windowSeconds / 60)
  switch (rule.signal) {
    case 'autocomplete.p95':
      return p95(tracker.window('tags.autocomplete', minutes))
    case 'search.p95':
      return p95(tracker.window('songs.search', minutes))
    case 'cache.hitRatio': {
      const reads = tracker.window('tags.cache.read', minutes)
      return { value: tracker.metrics(minutes).cacheHitRate, samples: reads.count }
    }
    case 'error.share': {
      const asked = tracker.asked(minutes)
      return { value: tracker.metrics(minutes).errorRate, samples: asked.count }
    }
    case 'cache.quotaFailures': {
      const { count } = tracker.window('tags.cache.failure', minutes, 'quota')
      return { value: count, samples: count }
    }
    default:
      return undefined
  }
}

function p95({ count, times }: Tally): Reading {
  return { value: times.percentile(0.95), samples: count }
}
