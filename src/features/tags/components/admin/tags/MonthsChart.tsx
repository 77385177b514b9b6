import { countOf } from '../../../../../lib/numbers.ts'
import type { TagUsage } from '../../../services/adminTag.ts'
import styles from './MonthsChart.module.css'

const HEIGHT = 96
const STEP = 12

/** A bar a month. The table beside it says the same in numbers, so that this is for eyes alone. */
export function MonthsChart({ months }: { months: TagUsage['months'] }) {
  const most = Math.max(...months.map(({ songs }) => songs))
  const width = months.length * STEP
  return (
    <figure className={styles.chart} aria-hidden="true">
      <figcaption className={styles.most}>{countOf(most, 'song')} in the month with most</figcaption>
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        preserveAspectRatio="none"
        className={styles.bars}
        aria-hidden="true"
      >
        {months.map(({ month, songs }, place) => {
          const height = songs === 0 ? 0 : Math.max(1.5, (songs / most) * HEIGHT)
          return (
            <rect
              key={month}
              className={styles.bar}
              x={place * STEP + 1.5}
              width={STEP - 3}
              y={HEIGHT - height}
              height={height}
            />
          )
        })}
      </svg>
      <p className={styles.axis}>
        <span>{months[0]?.month}</span>
        {months.length > 1 && <span>{months.at(-1)?.month}</span>}
      </p>
    </figure>
  )
}
