import type { ComponentProps } from 'react'
import styles from './Button.module.css'

type Props = Omit<ComponentProps<'button'>, 'className' | 'disabled'> & {
  kind?: 'primary' | 'quiet'
  /** Already doing it: a second press does nothing, and the focus stays where it is (`disabled` would lose it). */
  busy?: boolean
  /** There is nothing for it to do now: a press does nothing, and the focus stays where it is. */
  unavailable?: boolean
}

export function Button({
  kind = 'quiet',
  busy = false,
  unavailable = false,
  type = 'button',
  onClick,
  ...rest
}: Props) {
  return (
    <button
      {...rest}
      type={busy || unavailable ? 'button' : type}
      aria-disabled={busy || unavailable}
      className={`${styles.button} ${styles[kind]} ${unavailable ? styles.unavailable : ''}`}
      onClick={busy || unavailable ? undefined : onClick}
    />
  )
}
