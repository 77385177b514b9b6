import * as z from 'zod/mini'

/** Hosted Supabase's newer keys, by their names as JSON: the one called default. */
const keysSchema = z.optional(
  z.pipe(
    z.string(),
    z.pipe(
      z.transform((text: string, payload) => {
        try {
          return JSON.parse(text)
        } catch {
          payload.issues.push({ code: 'custom', input: text })
          return z.NEVER
        }
      }),
      z.pipe(
        z.object({ default: z.string().check(z.minLength(1)) }),
        z.transform((keys) => keys.default),
      ),
    ),
  ),
)

/** The secret key under each of its names, newest first. */
export const secretKeySchemas = {
  SUPABASE_SECRET_KEYS: keysSchema,
  SUPABASE_SECRET_KEY: z.optional(z.string()),
  SUPABASE_SERVICE_ROLE_KEY: z.optional(z.string()),
}

/** The publishable key likewise. */
export const publishableKeySchemas = {
  SUPABASE_PUBLISHABLE_KEYS: keysSchema,
  SUPABASE_PUBLISHABLE_KEY: z.optional(z.string()),
  SUPABASE_ANON_KEY: z.optional(z.string()),
}

/** @throws Error that names every variable that is missing or wrong, and quotes none */
export function parseEnvironment<Settings>(schema: z.ZodMiniType<Settings>, environment: object): Settings {
  const settings = schema.safeParse(environment)
  if (settings.success) return settings.data
  const wrong = new Set(settings.error.issues.map(({ path }) => String(path[0])))
  throw new Error(`Missing or wrong in the environment: ${[...wrong].join(', ')}`)
}
