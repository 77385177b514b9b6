import * as z from 'zod/mini'
import { SENTRY_DSN } from './sentryDsn.ts'

/** What is left empty is left out. */
function optionalText(check: z.core.$ZodCheck<string>) {
  return z.optional(
    z.pipe(
      z.pipe(
        z.string(),
        z.transform((text: string) => text.trim() || undefined),
      ),
      z.optional(z.string().check(check)),
    ),
  )
}

const envSchema = z.object({
  VITE_SUPABASE_URL: z.pipe(
    z.string('is missing').check(z.trim(), z.minLength(1, 'is empty')),
    // A path such as "/" means the origin that served the page.
    z.pipe(
      z.transform((value: string) => resolveUrl(value)),
      z.url({ protocol: /^https?$/, error: 'is not an http(s) address, nor a path on this server' }),
    ),
  ),
  VITE_SUPABASE_PUBLISHABLE_KEY: z.string('is missing').check(
    z.trim(),
    z.minLength(20, 'is too short for a key'),
    z.refine((key) => !key.startsWith('sb_secret_'), 'is a secret key, which must never reach a browser'),
  ),
  // Errors and traces go nowhere without it.
  VITE_SENTRY_DSN: optionalText(z.regex(SENTRY_DSN, 'is not the address of a Sentry project')),
  VITE_SENTRY_ENVIRONMENT: optionalText(z.regex(/^[^\s/]{1,64}$/, 'is not one word without slashes')),
  VITE_SENTRY_RELEASE: optionalText(z.maxLength(200, 'is too long')),
  VITE_SENTRY_TRACES: optionalText(
    z.refine((share) => Number(share) >= 0 && Number(share) <= 1, 'is not a share from 0 to 1'),
  ),
})

export type Env = z.infer<typeof envSchema>

export type EnvResult = { ok: true; env: Env } | { ok: false; problems: string[] }

function resolveUrl(value: string): string {
  return value.startsWith('/') ? (URL.parse(value, globalThis.location?.origin)?.href ?? value) : value
}

/** Checks the app's configuration. A bad one comes back with one sentence for each invalid variable. */
export function parseEnv(input: unknown): EnvResult {
  const result = envSchema.safeParse(input)
  if (result.success) return { ok: true, env: result.data }
  return {
    ok: false,
    problems: result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`),
  }
}

/**
 * What the server wrote into the page wins over what the build was given, so that one build serves any stack.
 * In the page rather than in a /config.json: nothing has to be fetched before the app can start.
 */
function readConfiguration(): unknown {
  const { VITE_SUPABASE_URL, VITE_SUPABASE_PUBLISHABLE_KEY } = import.meta.env
  const { VITE_SENTRY_DSN, VITE_SENTRY_ENVIRONMENT, VITE_SENTRY_RELEASE, VITE_SENTRY_TRACES } = import.meta
    .env
  const fromBuild = {
    VITE_SUPABASE_URL,
    VITE_SUPABASE_PUBLISHABLE_KEY,
    VITE_SENTRY_DSN,
    VITE_SENTRY_ENVIRONMENT,
    VITE_SENTRY_RELEASE,
    VITE_SENTRY_TRACES,
  }
  const element = document.getElementById('songbook-config')
  const fromServer: unknown = JSON.parse(element?.textContent || '{}')
  return { ...fromBuild, ...(fromServer as object) }
}

let parsed: EnvResult | undefined

/** The configuration, read and checked once. */
export function readEnv(): EnvResult {
  parsed ??= parseEnv(readConfiguration())
  return parsed
}

/** @throws Error when the configuration is invalid; main.tsx shows that case before anything asks for it. */
export function validEnv(): Env {
  const result = readEnv()
  if (!result.ok) throw new Error(`The app is not configured: ${result.problems.join('; ')}`)
  return result.env
}
