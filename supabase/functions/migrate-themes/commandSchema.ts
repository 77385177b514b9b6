import * as z from 'zod/mini'

/** What a caller may ask for. */
export const commandSchema = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('advance'),
    start: z._default(z.boolean(), false),
    resume: z._default(z.boolean(), false),
  }),
  z.strictObject({ action: z.literal('status') }),
  z.strictObject({ action: z.literal('drift') }),
])
export type Command = z.infer<typeof commandSchema>
