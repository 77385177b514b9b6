import { type ChildProcess, spawn } from 'node:child_process'
import { ENVIRONMENT } from '../../supabase/functions/migrate-themes/settings.ts'
import { freePort } from '../stack/freePort.ts'
import { denoBinary } from './denoBinary.ts'
import { denoEnvironment, entry, packages } from './migrateThemes.ts'

export interface FunctionSettings {
  apiUrl: string
  publishableKey: string
  secretKey: string
  scheduleSecret?: string
  /** How long one call works, milliseconds; the function's own default when left out. */
  budgetMs?: number
  /** 0 for any free one. */
  port: number
}

/** The edge function in a Deno of its own. */
export interface FunctionProcess {
  child: ChildProcess
  url: string
  /** Resolves with all that it printed when it has ended. */
  ended: Promise<{ output: string }>
}

/**
 * Serves the edge function on 127.0.0.1, allowed to reach the stack, its own port and the variables it knows, and
 * nothing else.
 * @throws Error with what it printed when it ends instead
 */
export async function serveFunction(settings: FunctionSettings): Promise<FunctionProcess> {
  const port = settings.port === 0 ? await freePort() : settings.port
  const child = spawn(
    denoBinary(),
    [
      'run',
      '--no-prompt',
      '--cached-only',
      ...packages,
      `--allow-net=127.0.0.1:${port},${new URL(settings.apiUrl).host}`,
      `--allow-env=${ENVIRONMENT.join(',')}`,
      entry,
    ],
    {
      env: { ...denoEnvironment, DENO_SERVE_ADDRESS: `tcp:127.0.0.1:${port}`, ...variablesOf(settings) },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let output = ''
  const ended = new Promise<{ output: string }>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', () => resolve({ output }))
  })
  const listens = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
        if (output.includes('Listening on')) resolve()
      })
    }
  })
  const silence = ended.then(() => {
    throw new Error(`The edge function ended: ${output}`)
  })
  silence.catch(() => undefined)
  await Promise.race([listens, silence])
  return { child, url: `http://127.0.0.1:${port}/functions/v1/migrate-themes`, ended }
}

function variablesOf(settings: FunctionSettings): Record<string, string> {
  const { apiUrl, publishableKey, secretKey, scheduleSecret, budgetMs } = settings
  return {
    SUPABASE_URL: apiUrl,
    SUPABASE_PUBLISHABLE_KEYS: JSON.stringify({ default: publishableKey }),
    SUPABASE_SECRET_KEYS: JSON.stringify({ default: secretKey }),
    ...(scheduleSecret === undefined ? {} : { MIGRATE_THEMES_SCHEDULE_SECRET: scheduleSecret }),
    ...(budgetMs === undefined ? {} : { MIGRATE_THEMES_BUDGET_MS: String(budgetMs) }),
  }
}
