import { type ReactNode, useId } from 'react'
import styles from './Menu.module.css'

type Props = {
  /** What a screen reader says for the button, which may show only an icon. */
  label: string
  button: ReactNode
  children: ReactNode
}

/** A button in the header that opens a small panel. The popover API closes it on Escape or a tap elsewhere; a link does, too. */
export function Menu({ label, button, children }: Props) {
  const id = useId()
  return (
    <>
      <button type="button" className={styles.button} popoverTarget={id} title={label}>
        {/* Not an aria-label: who says a word that is to be seen on the button must not miss it (WCAG 2.5.3). */}
        <span className="visually-hidden">{label}</span>
        {button}
      </button>
      <div id={id} popover="auto" className={styles.panel} ref={closedByLinks}>
        {children}
      </div>
    </>
  )
}

/** Not an onClick: the panel is nothing to press, its links are. Pressed with the keyboard they click as well. */
function closedByLinks(panel: HTMLElement | null) {
  const close = ({ target }: Event) => {
    if (target instanceof Element && target.closest('a') !== null) panel?.hidePopover()
  }
  panel?.addEventListener('click', close)
  return () => panel?.removeEventListener('click', close)
}
