import * as z from 'zod/mini'

/** What the commands print with --json, as far as it is looked at here. */
export const migratedSchema = z.object({ phase: z.literal('complete'), certificate: z.string() })
export const validatedSchema = z.object({ valid: z.literal(true), certificate: z.string() })
export const rolledBackSchema = z.object({
  phase: z.literal('rolled-back'),
  alreadyRolledBack: z.boolean(),
  conflicts: z.array(z.unknown()).check(z.length(0)),
})
