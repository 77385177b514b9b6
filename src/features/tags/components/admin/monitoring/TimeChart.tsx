import {
  CartesianGrid,
  Line as DrawnLine,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { inUnit } from '../../../monitoring/channels/alertMessage.ts'
import type { ChartPoint } from '../../../monitoring/dashboardFigures.ts'
import { ChartTip } from './ChartTip.tsx'
import { type ChartUnit, type Line, roundAbove } from './chartLines.ts'
import { EndLabels } from './EndLabels.tsx'
import styles from './TimeChart.module.css'

const HEIGHT = 208
const MARGIN = { top: 8, right: 76, bottom: 0, left: 0 }
const AXIS = 24
const PLOT = HEIGHT - MARGIN.top - MARGIN.bottom - AXIS
const DAY_SECONDS = 86_400

type Props = {
  unit: ChartUnit
  points: readonly ChartPoint[]
  lines: readonly Line[]
  target?: number | undefined
  stepSeconds: number
}

const tick = { fill: 'var(--ink-quiet)', fontSize: 12 }
const times = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })

/** Lines with their names at their ends, and the target across. Not for assistive technology: the table is. */
export function TimeChart({ unit, points, lines, target, stepSeconds }: Props) {
  const most = Math.max(
    target ?? 0,
    ...points.flatMap(({ values }) => lines.map(({ key }) => values[key] ?? 0)),
  )
  const end = unit === 'share' ? Math.min(1, roundAbove(most)) : roundAbove(most)
  const spanSeconds = points.length * stepSeconds
  const moment = (at: number) => (spanSeconds > DAY_SECONDS ? days : times).format(at)
  return (
    <div className={styles.chart} aria-hidden="true">
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <LineChart data={[...points]} margin={MARGIN} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="at"
            type="number"
            scale="time"
            domain={['dataMin', 'dataMax']}
            height={AXIS}
            tick={tick}
            tickLine={false}
            stroke="var(--line)"
            minTickGap={32}
            tickFormatter={moment}
          />
          <YAxis
            domain={[0, end]}
            ticks={[0, end / 2, end]}
            width={60}
            tick={tick}
            tickLine={false}
            axisLine={false}
            tickFormatter={(value: number) => scaleWords(unit, value)}
          />
          {target !== undefined && (
            <ReferenceLine y={target} stroke="var(--ink-quiet)" strokeDasharray="1 3" strokeWidth={2} />
          )}
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--control)' }}
            content={({ label }) => (
              <ChartTip unit={unit} lines={lines} point={points.find(({ at }) => at === label)} />
            )}
          />
          {lines.map(({ key, name, mark, dash, isStrong }) => (
            <DrawnLine
              key={key}
              name={name}
              dataKey={(point: ChartPoint) => point.values[key] ?? null}
              stroke={mark}
              strokeWidth={isStrong ? 2.5 : 1.5}
              {...(dash !== undefined && { strokeDasharray: dash })}
              dot={
                points.length < 40
                  ? { r: 1.5, fill: mark, strokeDasharray: '0' }
                  : { r: 0.75, fill: mark, strokeDasharray: '0' }
              }
              activeDot={{ r: 4 }}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
      <EndLabels points={points} lines={lines} end={end} top={MARGIN.top} height={PLOT} />
    </div>
  )
}

/** Short: next to a scale there is little room. */
function scaleWords(unit: ChartUnit, value: number): string {
  return unit === 'ms' && value >= 1000 ? `${value / 1000} s` : inUnit({ unit }, value)
}
