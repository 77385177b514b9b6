import { lazy, Suspense } from 'react'
import { inUnit } from '../../../monitoring/channels/alertMessage.ts'
import { type ChartPoint, figuresOf } from '../../../monitoring/dashboardFigures.ts'
import type { ChartUnit, Line } from './chartLines.ts'
import { FigureTable } from './FigureTable.tsx'
import styles from './TimeFigure.module.css'

// The library that draws is larger than the rest of the page; the numbers are there before it.
const TimeChart = lazy(() => import('./TimeChart.tsx').then((part) => ({ default: part.TimeChart })))

type Props = {
  title: string
  /** Name of the file that it can be saved as. */
  file: string
  unit: ChartUnit
  points: readonly ChartPoint[]
  lines: readonly Line[]
  target?: number | undefined
  /** What the target is about: “p95 at most”. */
  targetWords: string
  stepSeconds: number
}

/** Lines over time, with the numbers in a table behind it. */
export function TimeFigure({ title, file, unit, points, lines, target, targetWords, stepSeconds }: Props) {
  const isEmpty = points.every(({ values }) => lines.every(({ key }) => (values[key] ?? null) === null))
  const names = Object.fromEntries(
    lines.map(({ key, name }) => [key, `${name}${unit === 'ms' ? ', ms' : ''}`]),
  )
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>
        {title}
        {target !== undefined && (
          <span className={styles.target}>
            {targetWords} {inUnit({ unit }, target)}
          </span>
        )}
      </figcaption>
      <div className={styles.chart}>
        {isEmpty ? (
          <p className={styles.empty}>Nothing was measured in this time.</p>
        ) : (
          <Suspense>
            <TimeChart unit={unit} points={points} lines={lines} target={target} stepSeconds={stepSeconds} />
          </Suspense>
        )}
      </div>
      <FigureTable
        title={title}
        file={file}
        figures={figuresOf(points, names, unit === 'share' ? 4 : unit === 'ms' ? 1 : 0)}
      />
    </figure>
  )
}
