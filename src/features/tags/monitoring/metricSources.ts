import type { MetricEntry } from './metricEntry.ts'

/** Whoever measures something adds how to take what there is since it was last taken. */
export const metricSources = new Set<() => MetricEntry[]>()
