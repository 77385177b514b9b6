import * as z from 'zod/mini'

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
})

type Env = z.infer<typeof envSchema>

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
  const fromBuild = { VITE_SUPABASE_URL, VITE_SUPABASE_PUBLISHABLE_KEY }
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
