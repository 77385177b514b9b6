import { captureException, captureReactException, init } from '@sentry/react'
import type { SupabaseClient } from '@supabase/supabase-js'
import type { Database } from '../../../lib/database.types.ts'
import type { Env } from '../../../lib/env.ts'
import { errors } from '../errors.ts'
import { parentCalls } from './parentCalls.ts'
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
}
