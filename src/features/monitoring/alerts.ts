import { Relay } from './relay.ts'

/** An alert about what one person experiences. */
export interface CapturedAlert {
  rule: string
  kind: 'raised' | 'resolved'
  severity: 'warning' | 'critical'
  /** What is wrong, since when, how bad, and what to do. */
  text: string
  facts: Readonly<Record<string, number>>
}

export const alerts = new Relay<CapturedAlert>(5)

/** Tells Sentry, if there is one. */
export function captureAlert(alert: CapturedAlert): void {
  alerts.send(alert)
}
