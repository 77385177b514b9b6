import { type ComponentProps, useId } from 'react'
import styles from './TextArea.module.css'
import field from './TextField.module.css'

type Props = Omit<ComponentProps<'textarea'>, 'className' | 'id'> & {
  label: string
  /** What is wrong with the text, or undefined. */
  problem?: string | undefined
}

/** Grows with its text, where the browser can. */
export function TextArea({ label, problem, ...area }: Props) {
  const id = useId()
  return (
    <div className={field.field}>
      <label htmlFor={id}>{label}</label>
      <textarea
        {...area}
        id={id}
        className={`${field.input} ${styles.area}`}
        aria-invalid={problem === undefined ? undefined : true}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
      />
      {problem !== undefined && (
        <p id={`${id}-problem`} className={field.problem}>
          {problem}
        </p>
      )}
    </div>
  )
}
