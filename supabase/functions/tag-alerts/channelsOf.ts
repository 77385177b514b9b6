import type { AlertChannel } from '../../../src/features/tags/monitoring/channels/alertChannel.ts'
import { consoleChannel } from '../../../src/features/tags/monitoring/channels/consoleChannel.ts'
import { sentryChannel } from '../../../src/features/tags/monitoring/channels/sentryChannel.ts'
import { webhookChannel } from '../../../src/features/tags/monitoring/channels/webhookChannel.ts'
import { openSentry } from '../_shared/openSentry.ts'
import { addressesOf } from './addressesOf.ts'
import type { Settings } from './settings.ts'

/** The log, and whatever else is set up. */
export async function channelsOf({ webhook, sentry }: Settings): Promise<AlertChannel[]> {
  return [
    consoleChannel,
    ...(sentry === null ? [] : [sentryChannel(await openSentry({ ...sentry, worker: 'edge function' }))]),
    ...(webhook === null ? [] : [webhookChannel({ ...webhook, resolve: addressesOf, sleep })]),
  ]
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
