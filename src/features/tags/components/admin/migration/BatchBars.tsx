import styles from './BatchChart.module.css'

const WIDTH = 240
const HEIGHT = 56
const SLOTS = 24

type Props = {
  values: readonly number[]
  /** What they should be, drawn as a line. */
  target?: number
}

/** At most 24 bars, the latest on the right. The numbers are in the table under them. */
export function BatchBars({ values, target }: Props) {
  // Room above the line: whatever stays under its target is seen to.
  const most = Math.max(1, ...values, target === undefined ? 0 : target * 1.25)
  const slot = WIDTH / SLOTS
  const heightOf = (value: number) => Math.max(1, (value / most) * HEIGHT)
  return (
    <svg
      className={styles.bars}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {values.map((value, place) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
          key={place}
          x={place * slot}
          y={HEIGHT - heightOf(value)}
          width={slot - 2}
          height={heightOf(value)}
        />
      ))}
      {target !== undefined && (
        <line
          className={styles.target}
          x1={0}
          x2={WIDTH}
          y1={HEIGHT - heightOf(target)}
          y2={HEIGHT - heightOf(target)}
        />
      )}
    </svg>
  )
}
