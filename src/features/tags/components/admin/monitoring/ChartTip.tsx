import { inUnit } from '../../../monitoring/channels/alertMessage.ts'
import type { ChartPoint } from '../../../monitoring/dashboardFigures.ts'
import styles from './ChartTip.module.css'
import type { ChartUnit, Line } from './chartLines.ts'

const moments = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})

/** The numbers of one moment, where the pointer is. */
export function ChartTip({
  unit,
  lines,
  point,
}: {
  unit: ChartUnit
  lines: readonly Line[]
  point: ChartPoint | undefined
}) {
  if (!point) return null
  return (
    <div className={styles.tip}>
      <p>{moments.format(point.at)}</p>
      {lines.map(({ key, name }) => {
        const value = point.values[key] ?? null
        return (
          <p key={key} className={styles.value}>
            <span>{name}</span>
            <span>{value === null ? '–' : inUnit({ unit }, value)}</span>
          </p>
        )
      })}
    </div>
  )
}
