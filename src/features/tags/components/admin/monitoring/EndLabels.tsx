import type { ChartPoint } from '../../../monitoring/dashboardFigures.ts'
import { spreadLabels } from '../../../monitoring/spreadLabels.ts'
import type { Line } from './chartLines.ts'
import styles from './EndLabels.module.css'

/** px from one label to the next. */
const APART = 16

type Props = {
  points: readonly ChartPoint[]
  lines: readonly Line[]
  /** Where the scale ends. */
  end: number
  /** The plot within its box, px. */
  top: number
  height: number
}

/** The names of lines where they end, moved apart where they end together. */
export function EndLabels({ points, lines, end, top, height }: Props) {
  const ending = lines.flatMap((line) => {
    const last = points.findLast(({ values }) => (values[line.key] ?? null) !== null)
    const value = last?.values[line.key] ?? null
    return value === null ? [] : [{ line, y: top + (1 - value / end) * height }]
  })
  const wanted = ending.map(({ y }) => y)
  const places = spreadLabels(wanted, APART, top, top + height)
  return (
    <ul className={`plain-list ${styles.labels}`}>
      {ending.map(({ line: { key, name, mark, isStrong } }, rank) => (
        <li key={key} style={{ top: places[rank] }} className={isStrong ? styles.strong : undefined}>
          <span className={styles.mark} style={{ background: mark }} />
          {name}
        </li>
      ))}
    </ul>
  )
}
