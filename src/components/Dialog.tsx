import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import styles from './Dialog.module.css'

type Props = {
  title: string
  /** Called when Escape, or the browser, closes it: the owner then takes it away. */
  onClose: () => void
  children: ReactNode
}

/** Asks something before anything else can be done. Taken away, it gives the focus back to where it was. */
export function Dialog({ title, onClose, children }: Props) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  // In layout effects: before it leaves the page it must be closed, or the focus would be lost with it.
  useLayoutEffect(() => {
    const opened = dialog.current
    opened?.showModal()
    return () => opened?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      className={styles.dialog}
      // The event comes late: in the meantime it may have been opened again.
      onClose={() => dialog.current?.open === false && onClose()}
    >
      <h2 id={id} className={styles.title}>
        {title}
      </h2>
      {children}
    </dialog>
  )
}
