import * as z from 'zod/mini'
import { Constants } from '../../../lib/database.types.ts'
import { runSchema } from '../migration/migrationDatabase.ts'
import { alertNoticeSchema } from './alertNotice.ts'

const count = z.coerce.number()
const milliseconds = z.nullable(z.number())

const distributionSchema = z.object({
  /** Begin of the step, ISO 8601. */
  at: z.string(),
  metric: z.string(),
  count,
  errors: count,
  p50: milliseconds,
  p75: milliseconds,
  p95: milliseconds,
  p99: milliseconds,
  /** How many of them were timed. */
  timed: count,
})

const usedTagSchema = z.object({
  id: z.string(),
  name: z.string(),
  category: z.enum(Constants.public.Enums.tag_category),
  uses: count,
  /** In the same time before. */
  before: count,
})

const patternSchema = z.object({ text: z.string(), searches: count, unfound: count })

/** What tag_metrics_dashboard answers. Times of values in ms. */
export const dashboardSchema = z.object({
  from: z.string(),
  to: z.string(),
  stepSeconds: z.number(),
  series: z.array(distributionSchema),
  totals: z.array(distributionSchema),
  cacheReads: z.array(z.object({ at: z.string(), tier: z.string(), reads: count })),
  tags: z.object({
    usage: z.array(z.object({ at: z.string(), label: z.string(), uses: count })),
    popular: z.array(usedTagSchema),
    rising: z.array(usedTagSchema),
  }),
  searches: z.object({
    frequent: z.array(patternSchema),
    unfound: z.array(
      z.extend(patternSchema, {
        nearest: z.nullable(z.object({ id: z.string(), name: z.string(), likeness: z.number() })),
      }),
    ),
  }),
  alerts: z.object({
    lookedAt: z.nullable(z.string()),
    states: z.record(z.string(), z.object({ isRaised: z.boolean(), since: z.number(), worst: z.number() })),
    notices: z.array(
      z.object({
        id: z.number(),
        notice: alertNoticeSchema,
        /** Channels that have it. */
        delivered: z.array(z.string()),
        isSettled: z.boolean(),
      }),
    ),
  }),
  run: z.nullable(runSchema),
})

export type MetricsDashboard = z.infer<typeof dashboardSchema>
