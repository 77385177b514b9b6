import type { ReactNode } from 'react'
import styles from './SortButton.module.css'

type Props = {
  sorted: false | 'asc' | 'desc'
  onClick: ((event: unknown) => void) | undefined
  /** The pointer or the focus is on it. */
  onAhead: () => void
  children: ReactNode
}

/** A column's heading that sorts by it; the other way when it does so already. */
export function SortButton({ sorted, onClick, onAhead, children }: Props) {
  return (
    <button
      type="button"
      className={styles.button}
      onClick={onClick}
      onPointerEnter={onAhead}
      onFocus={onAhead}
    >
      {children}
      <svg className={styles.arrow} viewBox="0 0 10 10" aria-hidden="true" data-sorted={sorted || undefined}>
        <path d={sorted === 'desc' ? 'M1 3.5h8L5 8.5Z' : 'M1 6.5h8L5 1.5Z'} />
      </svg>
    </button>
  )
}
