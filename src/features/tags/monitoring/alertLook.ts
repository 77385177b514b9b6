import * as z from 'zod/mini'

const readingsSchema = z.record(z.string(), z.object({ value: z.nullable(z.number()), samples: z.number() }))

/** What tag_alerts_look answers: the signals of everybody, and what the last evaluation left. */
export const alertLookSchema = z.object({
  version: z.number(),
  states: z.record(
    z.string(),
    z.object({ isRaised: z.boolean(), since: z.number(), readAt: z.number(), worst: z.number() }),
  ),
  /** ms since the epoch, on the database's clock. */
  now: z.number(),
  engine: readingsSchema,
  /** By the window's length in seconds. */
  browsers: z.record(z.string(), readingsSchema),
})
