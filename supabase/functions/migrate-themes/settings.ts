import { z } from 'zod'

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
}

const keysSchema = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue('not JSON')
      return z.NEVER
    }
  })
  .pipe(z.object({ default: z.string().min(1) }))
  .transform((keys) => keys.default)
  .optional()

const settingsSchema = z
  .object({
    SUPABASE_URL: z.url({ protocol: /^https?$/ }),
    SUPABASE_SECRET_KEYS: keysSchema,
    SUPABASE_SECRET_KEY: z.string().optional(),
    SUPABASE_SERVICE_ROLE_KEY: z.string().optional(),
    SUPABASE_PUBLISHABLE_KEYS: keysSchema,
    SUPABASE_PUBLISHABLE_KEY: z.string().optional(),
    SUPABASE_ANON_KEY: z.string().optional(),
    // What a guesser may try without end must not be short.
    MIGRATE_THEMES_SCHEDULE_SECRET: z.string().min(32).optional(),
    // Hosted Supabase allows 2 s of processor time and 150 s in all: ten seconds stay well below both.
    MIGRATE_THEMES_BUDGET_MS: z.coerce.number().int().min(1000).max(120_000).default(10_000),
    MIGRATE_THEMES_ORIGIN: z.string().default('*'),
  })
  .transform((env, context): Settings => {
    const secretKey = env.SUPABASE_SECRET_KEYS ?? env.SUPABASE_SECRET_KEY ?? env.SUPABASE_SERVICE_ROLE_KEY
    const publishableKey =
      env.SUPABASE_PUBLISHABLE_KEYS ?? env.SUPABASE_PUBLISHABLE_KEY ?? env.SUPABASE_ANON_KEY
    if (secretKey === undefined) context.addIssue({ code: 'custom', path: ['SUPABASE_SECRET_KEYS'] })
    if (publishableKey === undefined)
      context.addIssue({ code: 'custom', path: ['SUPABASE_PUBLISHABLE_KEYS'] })
    return {
      url: env.SUPABASE_URL,
      secretKey: secretKey ?? '',
      publishableKey: publishableKey ?? '',
      scheduleSecret: env.MIGRATE_THEMES_SCHEDULE_SECRET ?? null,
      budgetMs: env.MIGRATE_THEMES_BUDGET_MS,
      origin: env.MIGRATE_THEMES_ORIGIN,
    }
  })

/** @throws Error that names every variable that is missing or wrong, and quotes none */
export function parseSettings(environment: Environment): Settings {
  const settings = settingsSchema.safeParse(environment)
  if (settings.success) return settings.data
  const wrong = new Set(settings.error.issues.map(({ path }) => String(path[0])))
  throw new Error(`Missing or wrong in the environment: ${[...wrong].join(', ')}`)
}
