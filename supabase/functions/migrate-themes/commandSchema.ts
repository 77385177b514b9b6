import * as z from 'zod/mini'

/** What a caller may ask for. */
export const commandSchema = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('advance'),
    start: z._default(z.boolean(), false),
    resume: z._default(z.boolean(), false),
    /** With `start`: the content hash of the plan that a person has reviewed and stored. */
    plan: z.optional(z.string().check(z.regex(/^[0-9a-f]{64}$/))),
    /** With `start`: the one song in quarantine to try again. */
    song: z.optional(z.uuid()),
  }),
  z.strictObject({ action: z.literal('status') }),
  z.strictObject({ action: z.literal('drift') }),
  z.strictObject({
    action: z.literal('rollback'),
    run: z.uuid(),
    exact: z._default(z.boolean(), false),
    /** What is to stay: the batches up to a number, or those finished by a time. */
    to: z._default(
      z.nullable(
        z.union([
          z.strictObject({ batch: z.int().check(z.gte(0)) }),
          z.strictObject({ time: z.iso.datetime({ offset: true }) }),
        ]),
      ),
      null,
    ),
  }),
  z.strictObject({
    action: z.literal('finalize'),
    quietDays: z.int().check(z.gte(0), z.lte(3650)),
    /** The number of songs, as a person has typed it. */
    songs: z.int().check(z.gte(0)),
  }),
])
export type Command = z.infer<typeof commandSchema>
