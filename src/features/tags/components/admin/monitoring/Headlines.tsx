import { alertRules } from '../../../monitoring/alertRules.ts'
import { inUnit } from '../../../monitoring/channels/alertMessage.ts'
import { headlinesOf } from '../../../monitoring/dashboardFigures.ts'
import type { MetricsDashboard } from '../../../monitoring/dashboardSchema.ts'
import styles from './Headlines.module.css'

type Headline = readonly [label: string, value: keyof ReturnType<typeof headlinesOf>]

/** By the id of the alert that is raised from it. */
const shown: Readonly<Record<string, Headline>> = {
  'autocomplete-slow': ['Suggestions, p95', 'autocompleteP95'],
  'search-slow': ['Searches, p95', 'searchP95'],
  'cache-cold': ['Cache hit ratio', 'hitRatio'],
  errors: ['Calls that failed', 'errorShare'],
}

/** The four numbers that alerts are raised from, over the whole time, beside what is wanted. */
export function Headlines({ dashboard }: { dashboard: MetricsDashboard }) {
  const headlines = headlinesOf(dashboard)
  return (
    <dl className={styles.headlines}>
      {alertRules.map((rule) => {
        const headline = shown[rule.id]
        if (headline === undefined) return null
        const [label, key] = headline
        const value = headlines[key]
        const isAbove = rule.comparison === 'above'
        const isWrong = value !== null && (isAbove ? value > rule.threshold : value < rule.threshold)
        return (
          <div key={rule.id} className={styles.headline}>
            <dt>{label}</dt>
            <dd className={isWrong ? `${styles.value} ${styles.wrong}` : styles.value}>
              {value === null ? '–' : inUnit(rule, value)}
            </dd>
            <dd className={styles.wanted}>
              {isWrong && <strong>Not met: </strong>}
              {isAbove ? 'at most' : 'at least'} {inUnit(rule, rule.threshold)}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
