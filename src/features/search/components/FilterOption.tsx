import type { ReactNode } from 'react'
import { countOf } from '../../../lib/numbers.ts'
import styles from './Filters.module.css'

type Props = {
  name: string
  /** Before the name. */
  mark?: ReactNode
  /** How it is chosen already, in another way than this button would. */
  note?: string
  pressed: boolean
  /** Songs that it leaves; null where nobody has counted. */
  count: number | null
  onPress: () => void
}

/** A filter to switch on and off. */
export function FilterOption({ name, mark, note, pressed, count, onPress }: Props) {
  return (
    <button type="button" className={styles.option} aria-pressed={pressed} onClick={onPress}>
      {mark}
      <bdi className={styles.name}>{name}</bdi>
      {note && <span className={styles.mode}>{note}</span>}
      {count !== null && (
        <span className={styles.count}>
          <span className="visually-hidden">, </span>
          {count.toLocaleString('en')}
          <span className="visually-hidden"> {countOf(count, 'song').split(' ')[1]}</span>
        </span>
      )}
    </button>
  )
}
