import type { ComponentProps } from 'react'
import styles from './Button.module.css'

type Props = Omit<ComponentProps<'button'>, 'className' | 'disabled'> & {
  kind?: 'primary' | 'quiet'
  /** Already doing it: a second press does nothing, and the focus stays where it is (`disabled` would lose it). */
  busy?: boolean
}

export function Button({ kind = 'quiet', busy = false, type = 'button', onClick, ...rest }: Props) {
  return (
    <button
      {...rest}
      type={busy ? 'button' : type}
      aria-disabled={busy}
      className={`${styles.button} ${styles[kind]}`}
      onClick={busy ? undefined : onClick}
    />
  )
}
