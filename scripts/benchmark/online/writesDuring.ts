import type { Interval, ProbeReport } from '../probeReport.ts'
import { percentile } from '../statistics.ts'
import type { Write, Writes } from './steadyWrites.ts'

/** The writes that were due while the measured process was at this. */
export function writesDuring(
  { fromMs, untilMs }: Interval,
  { beganAt }: Pick<ProbeReport, 'beganAt'>,
  { all }: Writes,
): Write[] {
  return all.filter(({ dueAt }) => dueAt - beganAt >= fromMs && dueAt - beganAt < untilMs)
}

/** Milliseconds that such a share of the writes kept to, 0.99 for all but one in a hundred. @throws RangeError without writes */
export function latencyOf(writes: readonly Write[], share: number): number {
  return percentile(
    writes.map(({ tookMs }) => tookMs),
    share,
  )
}
