import { type ReactNode, useId } from 'react'
import styles from './Menu.module.css'

type Props = {
  /** What a screen reader says for the button, which may show only an icon. */
  label: string
  button: ReactNode
  children: ReactNode
}

/** A button in the header that opens a small panel. The popover API closes it on Escape or a tap elsewhere. */
export function Menu({ label, button, children }: Props) {
  const id = useId()
  return (
    <>
      <button type="button" className={styles.button} popoverTarget={id} aria-label={label} title={label}>
        {button}
      </button>
      <div id={id} popover="auto" className={styles.panel}>
        {children}
      </div>
    </>
  )
}
