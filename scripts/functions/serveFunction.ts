import { ENVIRONMENT } from '../../supabase/functions/migrate-themes/settings.ts'
import { edgeFunction } from './edgeFunction.ts'
import { type FunctionProcess, startDeno } from './startDeno.ts'

export interface FunctionSettings {
  apiUrl: string
  publishableKey: string
  secretKey: string
  scheduleSecret?: string
  /** How long one call works, milliseconds; the function's own default when left out. */
  budgetMs?: number
  /** Where the work is told. */
  sentryDsn?: string
  /** 0 for any free one. */
  port: number
}

/** Serves migrate-themes beside a stack. @throws Error with what it printed when it ends instead */
export function serveFunction(settings: FunctionSettings): Promise<FunctionProcess> {
  return startDeno(edgeFunction('migrate-themes'), {
    port: settings.port,
    hosts: [settings.apiUrl, settings.sentryDsn].flatMap((url) =>
      url === undefined ? [] : new URL(url).host,
    ),
    variableNames: ENVIRONMENT,
    variables: variablesOf(settings),
  })
}

function variablesOf(settings: FunctionSettings): Record<string, string> {
  const { apiUrl, publishableKey, secretKey, scheduleSecret, budgetMs, sentryDsn } = settings
  return {
    SUPABASE_URL: apiUrl,
    SUPABASE_PUBLISHABLE_KEYS: JSON.stringify({ default: publishableKey }),
    SUPABASE_SECRET_KEYS: JSON.stringify({ default: secretKey }),
    ...(scheduleSecret === undefined ? {} : { MIGRATE_THEMES_SCHEDULE_SECRET: scheduleSecret }),
    ...(sentryDsn === undefined ? {} : { SENTRY_DSN: sentryDsn }),
    ...(budgetMs === undefined ? {} : { MIGRATE_THEMES_BUDGET_MS: String(budgetMs) }),
  }
}
