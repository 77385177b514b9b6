import { z } from 'zod'

/** What a caller may ask for. */
export const commandSchema = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('advance'),
    start: z.boolean().default(false),
    resume: z.boolean().default(false),
  }),
  z.strictObject({ action: z.literal('status') }),
  z.strictObject({ action: z.literal('drift') }),
])
export type Command = z.infer<typeof commandSchema>
