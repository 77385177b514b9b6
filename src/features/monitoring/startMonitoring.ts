import type { Env } from '../../lib/env.ts'
import { getSupabase } from '../../lib/supabase.ts'
import { afterFirstPaint } from './afterFirstPaint.ts'
import { alerts } from './alerts.ts'
import { errors, listenForErrors } from './errors.ts'
import { metrics } from './metrics.ts'

/**
 * Sets web vitals, error reports and traces up, once. Without a DSN the last two are not loaded. The SDK comes after the first
 * paint: it is as large as a third of the app, and errors until then are kept.
 */
export function startMonitoring(env: Env): void {
  afterFirstPaint(() => {
    void import('./webVitals.ts').then(
      ({ watchWebVitals }) => watchWebVitals(),
      () => undefined,
    )
  })
  if (!env.VITE_SENTRY_DSN) {
    errors.connect(() => undefined)
    metrics.connect(() => undefined)
    alerts.connect(() => undefined)
    return
  }
  const stopListening = listenForErrors()
  afterFirstPaint(() => void connect(env).finally(stopListening))
}

async function connect(env: Env): Promise<void> {
  try {
    const { connectSentry } = await import('./sentry/connectSentry.ts')
    connectSentry(env, getSupabase())
  } catch {
    // Blocked, or offline: the songbook works without being watched.
  }
}
