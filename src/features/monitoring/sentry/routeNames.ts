import type { BrowserOptions, browserTracingIntegration } from '@sentry/react'
import { scrubAddress } from './scrub/scrubAddress.ts'

type Integration = Extract<NonNullable<BrowserOptions['integrations']>, readonly unknown[]>[number]
type Client = Parameters<ReturnType<typeof browserTracingIntegration>['setup']>[0]

/**
 * Names page loads and steps by their route. The tracing integration knows no routes and calls each of them the same; it
 * has to be given after this one, which writes into what it is about to start.
 */
export function routeNames(): Integration {
  return {
    name: 'RouteNames',
    setup: (client: Client) => {
      client.on('startPageLoadSpan', (span) => {
        span.name = routeOf(location.href)
      })
      client.on('startNavigationSpan', (span, step) => {
        span.name = routeOf(step?.url ?? location.href)
      })
    },
  }
}

/** Songs share a route: each with its own name would be one page load a song. */
function routeOf(address: string): string {
  return scrubAddress(new URL(address, location.href).pathname)
}
