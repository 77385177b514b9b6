import { useId } from 'react'
import type { TagMode } from '../types.ts'
import styles from './TagModes.module.css'

const modes: readonly (readonly [TagMode, string])[] = [
  ['all', 'All of'],
  ['any', 'Any of'],
  ['none', 'None of'],
]

type Props = { mode: TagMode; onChange: (mode: TagMode) => void }

/** What the next tag that is chosen will do. */
export function TagModes({ mode, onChange }: Props) {
  const name = useId()
  return (
    <div className={styles.modes} role="radiogroup" aria-label="Songs with">
      {modes.map(([value, label]) => (
        <label key={value} className={styles.mode}>
          <input
            className={styles.radio}
            type="radio"
            name={name}
            checked={mode === value}
            onChange={() => onChange(value)}
          />
          {label}
        </label>
      ))}
    </div>
  )
}
