import { type ComponentProps, useId } from 'react'
import styles from './SelectField.module.css'
import field from './TextField.module.css'

type Props = Omit<ComponentProps<'select'>, 'className' | 'id'> & { label: string }

export function SelectField({ label, children, ...select }: Props) {
  const id = useId()
  return (
    <div className={field.field}>
      <label htmlFor={id}>{label}</label>
      <select {...select} id={id} className={`${field.input} ${styles.select}`}>
        {children}
      </select>
    </div>
  )
}
