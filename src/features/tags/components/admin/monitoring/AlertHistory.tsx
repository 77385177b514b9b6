import { alertRules } from '../../../monitoring/alertRules.ts'
import { alertMessage } from '../../../monitoring/channels/alertMessage.ts'
import type { MetricsDashboard } from '../../../monitoring/dashboardSchema.ts'
import { timeOf } from '../migration/runWords.ts'
import styles from './AlertHistory.module.css'
import { Panel } from './Panel.tsx'

type Props = Pick<MetricsDashboard, 'alerts'>

/** What was wrong, latest first, and who was told. */
export function AlertHistory({ alerts: { lookedAt, notices } }: Props) {
  const now = new Date()
  const messages = notices.flatMap(({ id, notice, delivered, isSettled }) => {
    const rule = alertRules.find((one) => one.id === notice.rule)
    return rule
      ? [{ id, delivered, isSettled, about: rule.title, ...alertMessage(notice, rule, 'docs/monitoring.md') }]
      : []
  })
  return (
    <Panel
      title="Alerts"
      about={
        lookedAt === null
          ? 'Nobody has looked at the rules yet: the function tag-alerts does, on a schedule. See docs/monitoring.md.'
          : `The rules were last looked at ${timeOf(new Date(lookedAt), now)}.`
      }
      file="alerts"
      figures={{
        columns: ['At', 'Rule', 'Kind', 'What', 'Told'],
        rows: messages.map(({ at, rule, kind, title, delivered }) => [
          at,
          rule,
          kind,
          title,
          delivered.join(' '),
        ]),
      }}
    >
      {messages.length === 0 ? (
        <p className={styles.empty}>No alert was raised.</p>
      ) : (
        <ol className={`plain-list ${styles.alerts}`}>
          {messages.map(({ id, kind, severity, about, title, lines, at, delivered, isSettled }) => (
            <li key={id} className={styles.alert}>
              <p className={styles.title}>
                <span className={`${styles.kind} ${kind === 'raised' ? styles[severity] : ''}`}>
                  {kind === 'raised' ? severityWords[severity] : 'Over'}
                </span>{' '}
                {kind === 'raised' ? title : about}
              </p>
              <p className={styles.about}>
                {timeOf(new Date(at), now)} · {lines[0]} {lines[1]}
              </p>
              <p className={styles.about}>
                {delivered.length === 0 ? 'Nobody was told yet.' : `Told: ${delivered.join(', ')}.`}
                {!isSettled && delivered.length > 0 && ' Another channel did not take it yet.'}
              </p>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}

const severityWords = { warning: 'Warning', critical: 'Critical' }
