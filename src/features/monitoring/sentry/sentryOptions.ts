import { type BrowserOptions, browserTracingIntegration, supabaseIntegration } from '@sentry/react'
import type { Env } from '../../../lib/env.ts'
import { makeGuardedTransport } from './guardedTransport.ts'
import { isNoise } from './isNoise.ts'
import { routeNames } from './routeNames.ts'
import { codeInsteadOfWords } from './serverWords.ts'

/** Integrations that gather only what would be scrubbed. */
const unwanted = new Set(['Console', 'CultureContext', 'ConversationId'])

/** Share of page loads, steps and calls that are traced when nothing else was said. */
const TRACES = 0.1

/** How the SDK is set up. @param supabaseClient the app's one */
export function sentryOptions(env: Env, supabaseClient: unknown): BrowserOptions {
  return {
    dsn: env.VITE_SENTRY_DSN,
    environment: env.VITE_SENTRY_ENVIRONMENT,
    release: env.VITE_SENTRY_RELEASE,
    tracesSampleRate: Number(env.VITE_SENTRY_TRACES ?? TRACES),
    transport: makeGuardedTransport,
    beforeSend: (event, hint) => (isNoise(event, hint) ? null : codeInsteadOfWords(event, hint)),
    integrations: (defaults) => [
      ...defaults.filter(({ name }) => !unwanted.has(name)),
      routeNames(),
      browserTracingIntegration(),
      // Without sendOperationData: false the filters and bodies of every query would leave.
      supabaseIntegration({ supabaseClient, sendOperationData: false }),
    ],
    // Scrubbed at the door as well (guardedTransport.ts), but what is not gathered cannot get lost.
    dataCollection: {
      userInfo: false,
      cookies: false,
      httpHeaders: false,
      httpBodies: [],
      urlQueryParams: false,
      databaseQueryData: false,
      stackFrameVariables: false,
      frameContextLines: 0,
    },
    // Nobody behind the API goes on with a trace, and a hosted one would refuse the headers.
    tracePropagationTargets: [],
    // The messages of fetch stay as the browser words them: shouldRetry and others read what comes of them.
    enhanceFetchErrorMessages: false,
    maxBreadcrumbs: 30,
  }
}
