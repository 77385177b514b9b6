import { SelectField } from '../../../../../components/SelectField.tsx'
import { timeOf } from '../../../../../lib/format.ts'
import { type DashboardTime, dashboardTimes, isDashboardTime } from '../../../monitoring/dashboardTimes.ts'
import styles from './DashboardControls.module.css'

type Props = {
  time: DashboardTime
  onTime: (time: DashboardTime) => void
  /** 0: only when it is asked for. */
  everySeconds: number
  onEverySeconds: (seconds: number) => void
  /** When the figures came; ms since the epoch, 0 while there are none. */
  readAt: number
}

const refreshes = [
  [15, 'Every 15 seconds'],
  [60, 'Every minute'],
  [300, 'Every 5 minutes'],
  [0, 'Off'],
] as const

export function DashboardControls({ time, onTime, everySeconds, onEverySeconds, readAt }: Props) {
  return (
    <div className={styles.controls}>
      <SelectField
        label="Time"
        value={time}
        onChange={({ target }) => isDashboardTime(target.value) && onTime(target.value)}
      >
        {Object.entries(dashboardTimes).map(([value, { label }]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Refresh"
        value={everySeconds}
        onChange={({ target }) => onEverySeconds(Number(target.value))}
      >
        {refreshes.map(([seconds, label]) => (
          <option key={seconds} value={seconds}>
            {label}
          </option>
        ))}
      </SelectField>
      <p className={styles.read}>{readAt > 0 && `Read at ${timeOf(new Date(readAt).toISOString())}`}</p>
    </div>
  )
}
