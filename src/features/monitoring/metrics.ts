import { Relay } from './relay.ts'

export interface Metric {
  name: string
  /** What was measured; a number of times when there is no unit. */
  value: number
  unit?: 'millisecond'
  /** Of our own making: never what somebody typed. */
  attributes: Readonly<Record<string, string | number>>
}

/** The SDK and whoever measures are both loaded after the first paint, one soon after the other. */
const KEPT = 100

export const metrics = new Relay<Metric>(KEPT)

/** Tells Sentry, if there is one. */
export function sendMetric(metric: Metric): void {
  metrics.send(metric)
}
