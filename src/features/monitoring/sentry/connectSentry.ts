import {
  captureException,
  captureReactException,
  flush,
  init,
  metrics as sentryMetrics,
  startSpan,
} from '@sentry/react'
import type { SupabaseClient } from '@supabase/supabase-js'
import type { Database } from '../../../lib/database.types.ts'
import type { Env } from '../../../lib/env.ts'
import { alerts } from '../alerts.ts'
import { errors } from '../errors.ts'
import { metrics } from '../metrics.ts'
import { traceWith } from '../spans.ts'
import { parentCalls } from './parentCalls.ts'
import { sendAlert } from './sendAlert.ts'
import { sentryOptions } from './sentryOptions.ts'

/** Starts the SDK, and hands it what happened before it was here. */
export function connectSentry(env: Env, client: SupabaseClient<Database>): void {
  init(sentryOptions(env, client))
  parentCalls(client)
  errors.connect(({ error, componentStack, isHandled }) => {
    const mechanism = { handled: isHandled, type: isHandled ? 'react.error_boundary' : 'early' }
    if (componentStack === undefined) captureException(error, { mechanism })
    else captureReactException(error, { componentStack }, { mechanism })
  })
  metrics.connect(({ name, value, unit, attributes }) => {
    if (unit === undefined) sentryMetrics.count(name, value, { attributes })
    else sentryMetrics.distribution(name, value, { unit, attributes })
  })
  alerts.connect(sendAlert)
  // The SDK sends what waits when the page is hidden; Safari leaves pages without saying that.
  addEventListener('pagehide', () => void flush())
  traceWith((name, work) => startSpan({ name, op: 'function' }, work))
}
