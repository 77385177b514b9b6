import * as z from 'zod/mini'

const callSchema = z.object({ name: z.string(), startMs: z.number(), endMs: z.number() })

/** What `probe.ts` writes. Times are milliseconds since the process began. */
const probeReportSchema = z.object({
  calls: z.array(callSchema),
  peakKilobytes: z.number(),
  cpuMs: z.number(),
  /** When the process began: milliseconds since 1970, as every process counts them. */
  beganAt: z.number(),
})
export type ProbeReport = z.infer<typeof probeReportSchema>
export type ProbedCall = z.infer<typeof callSchema>

export function parseProbeReport(text: string): ProbeReport {
  return probeReportSchema.parse(JSON.parse(text))
}

/** Durations of the calls of one name, milliseconds. */
export function durationsOf(report: ProbeReport, name: string): number[] {
  return report.calls.filter((call) => call.name === name).map((call) => call.endMs - call.startMs)
}

/** The call that took longest, and how long, milliseconds. */
export function longestCallOf(report: ProbeReport): { name: string; ms: number } {
  const calls = report.calls.map(({ name, startMs, endMs }) => ({ name, ms: endMs - startMs }))
  return calls.reduce((longest, call) => (call.ms > longest.ms ? call : longest), { name: 'none', ms: 0 })
}

/** Milliseconds since the process began. */
export interface Interval {
  fromMs: number
  untilMs: number
}

/** From the first call of any of these names to the end of the last; null without one. */
export function stretchOf(report: ProbeReport, names: ReadonlySet<string>): Interval | null {
  const calls = report.calls.filter((call) => names.has(call.name))
  if (calls.length === 0) return null
  return {
    fromMs: Math.min(...calls.map((call) => call.startMs)),
    untilMs: Math.max(...calls.map((call) => call.endMs)),
  }
}
