import type { EventSdk } from '../sentrySdk.ts'
import type { AlertChannel } from './alertChannel.ts'
import type { AlertMessage } from './alertMessage.ts'

const TIMEOUT_MS = 5000

/** An event for Sentry: all of one rule are one issue there, and what resolves it is its latest event. */
export function sentryChannel(sdk: EventSdk): AlertChannel {
  return {
    name: 'sentry',
    send: async (message) => {
      const status = await statusOf(sdk, message)
      if (status === undefined) throw new Error('Sentry cannot be reached.')
      if (status < 200 || status >= 300) throw new Error(`Sentry answered ${status}.`)
    },
  }
}

/** The SDK reports nothing of what became of an event, but to whoever listens. */
async function statusOf(sdk: EventSdk, message: AlertMessage): Promise<number | undefined> {
  const id = crypto.randomUUID().replaceAll('-', '')
  const { promise, resolve } = Promise.withResolvers<number | undefined>()
  const stop = sdk.getClient()?.on('afterSendEvent', ({ event_id }, { statusCode }) => {
    if (event_id === id) resolve(statusCode)
  })
  const timer = setTimeout(resolve, TIMEOUT_MS, undefined)
  try {
    sdk.captureEvent({ ...eventOf(message), event_id: id })
    return await promise
  } finally {
    clearTimeout(timer)
    stop?.()
  }
}

function eventOf({ title, lines, severity, kind, rule, ...facts }: AlertMessage) {
  const raised = severity === 'critical' ? ('error' as const) : ('warning' as const)
  return {
    timestamp: Date.parse(facts.at) / 1000,
    level: kind === 'resolved' ? ('info' as const) : raised,
    logger: 'tag-alerts',
    message: [title, ...lines].join('\n'),
    fingerprint: ['tag-alert', rule],
    tags: { rule, kind, severity },
    contexts: { alert: { type: 'alert', ...facts } },
  }
}
