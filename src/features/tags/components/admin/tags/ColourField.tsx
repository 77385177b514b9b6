import { useId } from 'react'
import { Button } from '../../../../../components/Button.tsx'
import styles from './ColourField.module.css'

type Props = { colour: string | null; onChange: (colour: string | null) => void }

/** Where the picker begins: the accent of the light pages. */
const FIRST_COLOUR = '#7a2230'

export function ColourField({ colour, onChange }: Props) {
  const id = useId()
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        Colour
      </label>
      <div className={styles.line}>
        <input
          id={id}
          type="color"
          className={styles.colour}
          value={colour ?? FIRST_COLOUR}
          data-none={colour === null || undefined}
          onChange={({ target }) => onChange(target.value)}
        />
        <span className={styles.value}>{colour ?? 'That of its category'}</span>
        {colour !== null && <Button onClick={() => onChange(null)}>Remove colour</Button>}
      </div>
    </div>
  )
}
