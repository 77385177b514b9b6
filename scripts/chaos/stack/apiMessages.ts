import * as z from 'zod/mini'

const keysSchema = z.object({ publishableKey: z.string(), secretKey: z.string(), jwtSecret: z.string() })

/** What the API's process is asked. */
export const apiRequestSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('open'), id: z.number(), dbUrl: z.string(), keys: keysSchema }),
  z.object({ do: z.literal('close'), id: z.number(), dbUrl: z.string() }),
])
export type ApiRequest = z.infer<typeof apiRequestSchema>

export const apiAnswerSchema = z.object({ id: z.number(), url: z.optional(z.string()) })
export type ApiAnswer = z.infer<typeof apiAnswerSchema>
