import { type ComponentProps, useId } from 'react'
import styles from './TextArea.module.css'
import field from './TextField.module.css'

type Props = Omit<ComponentProps<'textarea'>, 'className' | 'id'> & { label: string }

/** Grows with its text, where the browser can. */
export function TextArea({ label, ...area }: Props) {
  const id = useId()
  return (
    <div className={field.field}>
      <label htmlFor={id}>{label}</label>
      <textarea {...area} id={id} className={`${field.input} ${styles.area}`} />
    </div>
  )
}
