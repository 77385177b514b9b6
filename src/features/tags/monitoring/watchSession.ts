import { captureAlert } from '../../monitoring/index.ts'
import { type AlertStates, evaluateAlerts } from './alerting.ts'
import { alertRules } from './alertRules.ts'
import { type AlertMessage, alertMessage } from './channels/alertMessage.ts'
import { consoleChannel } from './channels/consoleChannel.ts'
import type { PerformanceTracker } from './performanceTracker.ts'
import { sessionReading } from './sessionReading.ts'

const EVERY_MS = 60_000
const RUNBOOK = 'docs/monitoring.md'

/**
 * Looks every minute whether this one person's songbook keeps what it promises: what concerns few is not seen in everybody's
 * percentiles. Told are Sentry, if there is one, and the console.
 */
export function watchSession(tracker: PerformanceTracker): void {
  let states: AlertStates = {}
  setInterval(() => {
    const looked = evaluateAlerts(alertRules, (rule) => sessionReading(tracker, rule), states, Date.now())
    states = looked.states
    for (const notice of looked.notices) {
      const rule = alertRules.find(({ id }) => id === notice.rule)
      if (rule) tell(alertMessage(notice, rule, RUNBOOK))
    }
  }, EVERY_MS)
}

function tell(message: AlertMessage): void {
  void consoleChannel.send(message, '')
  const { rule, kind, severity, title, lines, value, worst, threshold, samples } = message
  captureAlert({
    rule,
    kind,
    severity,
    text: [title, ...lines].join('\n'),
    facts: { worst, threshold, samples, ...(value !== null && { value }) },
  })
}
