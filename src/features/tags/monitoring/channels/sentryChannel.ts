import type { AlertChannel } from './alertChannel.ts'
import type { AlertMessage } from './alertMessage.ts'

/**
 * An event for Sentry: all of one rule are one issue there, and what resolves it is its latest event. Without the SDK: an
 * envelope is three lines of JSON, and a function that starts every minute should start fast.
 * @param dsn https://KEY@HOST/PROJECT
 */
export function sentryChannel(dsn: string, environment: string): AlertChannel {
  const { protocol, host, username, pathname } = new URL(dsn)
  const project = pathname.split('/').at(-1)
  const path = pathname.slice(0, pathname.lastIndexOf('/'))
  const url = `${protocol}//${host}${path}/api/${project}/envelope/`
  const headers = {
    'content-type': 'application/x-sentry-envelope',
    'x-sentry-auth': `Sentry sentry_version=7, sentry_client=songbook-alerts/1, sentry_key=${username}`,
  }
  return {
    name: 'sentry',
    send: async (message) => {
      const event = eventOf(message, environment)
      const body = [{ event_id: event.event_id, sent_at: new Date().toISOString() }, { type: 'event' }, event]
        .map((line) => JSON.stringify(line))
        .join('\n')
      const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(5000) })
      await response.body?.cancel()
      if (!response.ok) throw new Error(`Sentry answered ${response.status}.`)
    },
  }
}

function eventOf({ title, lines, severity, kind, rule, ...facts }: AlertMessage, environment: string) {
  const level = kind === 'resolved' ? 'info' : severity === 'critical' ? 'error' : 'warning'
  return {
    event_id: crypto.randomUUID().replaceAll('-', ''),
    timestamp: Date.parse(facts.at) / 1000,
    platform: 'javascript',
    environment,
    level,
    logger: 'tag-alerts',
    message: { formatted: [title, ...lines].join('\n') },
    fingerprint: ['tag-alert', rule],
    tags: { rule, kind, severity },
    contexts: { alert: { type: 'alert', ...facts } },
  }
}
