import * as z from 'zod/mini'
import { SENTRY_DSN } from '../../../src/lib/sentryDsn.ts'
import { parseEnvironment, publishableKeySchemas, secretKeySchemas } from '../_shared/parseEnvironment.ts'

/** The variables that the function reads; all that start with SUPABASE_ are there on hosted Supabase. */
export const ENVIRONMENT = [
  'SUPABASE_URL',
  'SUPABASE_SECRET_KEYS',
  'SUPABASE_SECRET_KEY',
  'SUPABASE_SERVICE_ROLE_KEY',
  'SUPABASE_PUBLISHABLE_KEYS',
  'SUPABASE_PUBLISHABLE_KEY',
  'SUPABASE_ANON_KEY',
  'MIGRATE_THEMES_SCHEDULE_SECRET',
  'MIGRATE_THEMES_BUDGET_MS',
  'MIGRATE_THEMES_ORIGIN',
  'SENTRY_DSN',
  'SENTRY_ENVIRONMENT',
] as const

type Environment = Partial<Record<(typeof ENVIRONMENT)[number], string | undefined>>

export interface Settings {
  url: string
  publishableKey: string
  secretKey: string
  /** null when nothing may call on a schedule. */
  scheduleSecret: string | null
  /** How long one call works, milliseconds; it ends with the engine's call that is under way then. */
  budgetMs: number
  /** The origin whose pages may call. */
  origin: string
  /** Where the work is told; null for nowhere. */
  sentry: { dsn: string; environment: string } | null
}

const environmentSchema = z.object({
  SUPABASE_URL: z.url({ protocol: /^https?$/ }),
  ...secretKeySchemas,
  ...publishableKeySchemas,
  // What a guesser may try without end must not be short.
  MIGRATE_THEMES_SCHEDULE_SECRET: z.optional(z.string().check(z.minLength(32))),
  // Hosted Supabase allows 2 s of processor time and 150 s in all: ten seconds stay well below both.
  MIGRATE_THEMES_BUDGET_MS: z._default(z.coerce.number().check(z.int(), z.gte(1000), z.lte(120_000)), 10_000),
  MIGRATE_THEMES_ORIGIN: z._default(z.string(), '*'),
  SENTRY_DSN: z.optional(z.string().check(z.regex(SENTRY_DSN))),
  SENTRY_ENVIRONMENT: z._default(z.string(), 'production'),
})

const settingsSchema = z.pipe(
  environmentSchema,
  z.transform((env: z.infer<typeof environmentSchema>, payload): Settings => {
    const secretKey = env.SUPABASE_SECRET_KEYS ?? env.SUPABASE_SECRET_KEY ?? env.SUPABASE_SERVICE_ROLE_KEY
    const publishableKey =
      env.SUPABASE_PUBLISHABLE_KEYS ?? env.SUPABASE_PUBLISHABLE_KEY ?? env.SUPABASE_ANON_KEY
    if (secretKey === undefined)
      payload.issues.push({ code: 'custom', input: env, path: ['SUPABASE_SECRET_KEYS'] })
    if (publishableKey === undefined)
      payload.issues.push({ code: 'custom', input: env, path: ['SUPABASE_PUBLISHABLE_KEYS'] })
    return {
      url: env.SUPABASE_URL,
      secretKey: secretKey ?? '',
      publishableKey: publishableKey ?? '',
      scheduleSecret: env.MIGRATE_THEMES_SCHEDULE_SECRET ?? null,
      budgetMs: env.MIGRATE_THEMES_BUDGET_MS,
      origin: env.MIGRATE_THEMES_ORIGIN,
      sentry:
        env.SENTRY_DSN === undefined ? null : { dsn: env.SENTRY_DSN, environment: env.SENTRY_ENVIRONMENT },
    }
  }),
)

/** @throws Error that names every variable that is missing or wrong, and quotes none */
export function parseSettings(environment: Environment): Settings {
  return parseEnvironment(settingsSchema, environment)
}
