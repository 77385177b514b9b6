import { hexId, sentryProject } from '../sentryEnvelope.ts'
import type { AlertChannel } from './alertChannel.ts'
import type { AlertMessage } from './alertMessage.ts'

/**
 * An event for Sentry: all of one rule are one issue there, and what resolves it is its latest event. Without the SDK: an
 * envelope is three lines of JSON, and a function that starts every minute should start fast.
 * @param dsn https://KEY@HOST/PROJECT
 */
export function sentryChannel(dsn: string, environment: string): AlertChannel {
  const project = sentryProject(dsn)
  return {
    name: 'sentry',
    send: (message) => project.send([[{ type: 'event' }, eventOf(message, environment)]]),
  }
}

function eventOf({ title, lines, severity, kind, rule, ...facts }: AlertMessage, environment: string) {
  const level = kind === 'resolved' ? 'info' : severity === 'critical' ? 'error' : 'warning'
  return {
    event_id: hexId(32),
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
