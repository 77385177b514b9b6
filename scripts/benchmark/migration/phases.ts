import { type Interval, type ProbeReport, stretchOf } from '../probeReport.ts'

export const BATCH = 'tag_migration_batch'
const VALIDATION = new Set([
  'tag_migration_validate_live',
  'tag_migration_chunks',
  'tag_migration_validate_songs',
  'tag_migration_validate_tags',
  'tag_migration_validate_batches',
])

/** What a migration does one after the other. */
export const PHASES = ['start', 'survey', 'plan', 'migrate', 'validate'] as const
export type Phase = (typeof PHASES)[number]

/** When each phase was, by the calls that the process made. */
export function phasesOf(report: ProbeReport): Record<Phase, Interval> {
  const start = { fromMs: 0, untilMs: report.calls[0]?.startMs ?? 0 }
  const survey = stretchOf(report, new Set(['tag_migration_survey'])) ?? nothingAt(start.untilMs)
  const firstBatch = report.calls.find((call) => call.name === BATCH)?.startMs ?? survey.untilMs
  const plan = { fromMs: survey.untilMs, untilMs: firstBatch }
  const migrate = stretchOf(report, new Set([BATCH, 'tag_migration_fold'])) ?? nothingAt(plan.untilMs)
  const validate = stretchOf(report, VALIDATION) ?? nothingAt(migrate.untilMs)
  return { start, survey, plan, migrate, validate }
}

export function lengthOf({ fromMs, untilMs }: Interval): number {
  return untilMs - fromMs
}

function nothingAt(ms: number): Interval {
  return { fromMs: ms, untilMs: ms }
}
