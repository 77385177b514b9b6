import { captureMessage } from '@sentry/react'
import type { CapturedAlert } from '../alerts.ts'

/** All alerts of one rule about single persons are one issue, apart from those about everybody, which the server tells of. */
export function sendAlert({ rule, kind, severity, text, facts }: CapturedAlert): void {
  const raised = severity === 'critical' ? 'error' : 'warning'
  captureMessage(text, {
    level: kind === 'raised' ? raised : 'info',
    fingerprint: ['session-alert', rule],
    tags: { rule, kind, severity },
    contexts: { alert: { ...facts } },
  })
}
