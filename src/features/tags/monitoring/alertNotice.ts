import * as z from 'zod/mini'

/** As it is stored and sent. */
export const alertNoticeSchema = z.object({
  rule: z.string(),
  kind: z.enum(['raised', 'resolved']),
  /** When it was noticed; ms since the epoch, like all times here. */
  at: z.number(),
  /** Since when it is, or was, wrong. */
  since: z.number(),
  /** In the rule's unit; null when it is over because nothing is measured any more. */
  value: z.nullable(z.number()),
  worst: z.number(),
  samples: z.number(),
})

/** Something that people should hear of: an alert was raised, or is over. */
export type AlertNotice = z.infer<typeof alertNoticeSchema>
