import {
  type SentryServerOptions,
  sentryServerOptions,
} from '../../../src/features/tags/monitoring/sentrySdk.ts'

let opened: Promise<typeof import('@sentry/deno')> | undefined

/** Sentry's SDK, loaded and set up once, and only where a DSN is set: it takes longer than the function's own start. */
export function openSentry(options: SentryServerOptions): Promise<typeof import('@sentry/deno')> {
  opened ??= import('@sentry/deno').then((sdk) => {
    sdk.init(sentryServerOptions(options))
    return sdk
  })
  return opened
}
