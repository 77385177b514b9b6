import { alertRules } from '../../../monitoring/alertRules.ts'
import { inUnit } from '../../../monitoring/channels/alertMessage.ts'
import { headlinesOf } from '../../../monitoring/dashboardFigures.ts'
import type { MetricsDashboard } from '../../../monitoring/dashboardSchema.ts'
import styles from './Headlines.module.css'

const shown = [
  ['autocomplete-slow', 'Suggestions, p95', 'autocompleteP95'],
  ['search-slow', 'Searches, p95', 'searchP95'],
  ['cache-cold', 'Cache hit ratio', 'hitRatio'],
  ['errors', 'Calls that failed', 'errorShare'],
] as const

/** The four numbers that alerts are raised from, over the whole time, beside what is wanted. */
export function Headlines({ dashboard }: { dashboard: MetricsDashboard }) {
  const headlines = headlinesOf(dashboard)
  return (
    <dl className={styles.headlines}>
      {shown.map(([id, label, key]) => {
        const rule = alertRules.find((one) => one.id === id)
        const value = headlines[key]
        if (!rule) return null
        const isWrong =
          value !== null && (rule.comparison === 'above' ? value > rule.threshold : value < rule.threshold)
        return (
          <div key={id} className={styles.headline}>
            <dt>{label}</dt>
            <dd className={isWrong ? `${styles.value} ${styles.wrong}` : styles.value}>
              {value === null ? '–' : inUnit(rule, value)}
            </dd>
            <dd className={styles.wanted}>
              {isWrong && <strong>Not met: </strong>}
              {rule.comparison === 'above' ? 'at most' : 'at least'} {inUnit(rule, rule.threshold)}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
