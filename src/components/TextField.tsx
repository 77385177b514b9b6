import { type ComponentProps, useId } from 'react'
import styles from './TextField.module.css'

type Props = Omit<ComponentProps<'input'>, 'className' | 'id'> & { label: string }

export function TextField({ label, ...input }: Props) {
  const id = useId()
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input {...input} id={id} className={styles.input} />
    </div>
  )
}
