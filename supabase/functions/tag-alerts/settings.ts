import * as z from 'zod/mini'
import { SENTRY_DSN } from '../../../src/lib/sentryDsn.ts'
import { parseEnvironment, secretKeySchemas } from '../_shared/parseEnvironment.ts'

/** The variables that the function reads; all that start with SUPABASE_ are there on hosted Supabase. */
export const ENVIRONMENT = [
  'SUPABASE_URL',
  'SUPABASE_SECRET_KEYS',
  'SUPABASE_SECRET_KEY',
  'SUPABASE_SERVICE_ROLE_KEY',
  'TAG_ALERTS_SCHEDULE_SECRET',
  'TAG_ALERTS_WEBHOOK_URL',
  'TAG_ALERTS_WEBHOOK_FORMAT',
  'TAG_ALERTS_WEBHOOK_SECRET',
  'TAG_ALERTS_WEBHOOK_LOOPBACK',
  'TAG_ALERTS_RUNBOOK_URL',
  'SENTRY_DSN',
  'SENTRY_ENVIRONMENT',
] as const

type Environment = Partial<Record<(typeof ENVIRONMENT)[number], string | undefined>>

export interface Settings {
  url: string
  secretKey: string
  scheduleSecret: string
  webhook: {
    url: string
    format: 'json' | 'slack'
    secret: string | null
    /** Only where the function is tested. */
    allowsLoopback: boolean
  } | null
  sentry: { dsn: string; environment: string } | null
  /** Where docs/monitoring.md can be read. */
  runbook: string
}

const environmentSchema = z.object({
  SUPABASE_URL: z.url({ protocol: /^https?$/ }),
  ...secretKeySchemas,
  // What a guesser may try without end must not be short.
  TAG_ALERTS_SCHEDULE_SECRET: z.string().check(z.minLength(32)),
  TAG_ALERTS_WEBHOOK_URL: z.optional(z.url({ protocol: /^https?$/ })),
  TAG_ALERTS_WEBHOOK_FORMAT: z._default(z.enum(['json', 'slack']), 'json'),
  TAG_ALERTS_WEBHOOK_SECRET: z.optional(z.string().check(z.minLength(32))),
  TAG_ALERTS_WEBHOOK_LOOPBACK: z.optional(z.literal('in-tests')),
  TAG_ALERTS_RUNBOOK_URL: z._default(z.string(), 'docs/monitoring.md'),
  SENTRY_DSN: z.optional(z.string().check(z.regex(SENTRY_DSN))),
  SENTRY_ENVIRONMENT: z._default(z.string(), 'production'),
})

const settingsSchema = z.pipe(
  environmentSchema,
  z.transform((env: z.infer<typeof environmentSchema>, payload): Settings => {
    const secretKey = env.SUPABASE_SECRET_KEYS ?? env.SUPABASE_SECRET_KEY ?? env.SUPABASE_SERVICE_ROLE_KEY
    if (secretKey === undefined)
      payload.issues.push({ code: 'custom', input: env, path: ['SUPABASE_SECRET_KEYS'] })
    const {
      TAG_ALERTS_WEBHOOK_URL: url,
      TAG_ALERTS_WEBHOOK_FORMAT: format,
      TAG_ALERTS_WEBHOOK_SECRET: secret,
    } = env
    // Slack looks at no signature; anybody else should be able to.
    if (url !== undefined && format === 'json' && secret === undefined)
      payload.issues.push({ code: 'custom', input: env, path: ['TAG_ALERTS_WEBHOOK_SECRET'] })
    const allowsLoopback = env.TAG_ALERTS_WEBHOOK_LOOPBACK === 'in-tests'
    return {
      url: env.SUPABASE_URL,
      secretKey: secretKey ?? '',
      scheduleSecret: env.TAG_ALERTS_SCHEDULE_SECRET,
      webhook: url === undefined ? null : { url, format, secret: secret ?? null, allowsLoopback },
      sentry:
        env.SENTRY_DSN === undefined ? null : { dsn: env.SENTRY_DSN, environment: env.SENTRY_ENVIRONMENT },
      runbook: env.TAG_ALERTS_RUNBOOK_URL,
    }
  }),
)

/** @throws Error that names every variable that is missing or wrong, and quotes none */
export function parseSettings(environment: Environment): Settings {
  return parseEnvironment(settingsSchema, environment)
}
