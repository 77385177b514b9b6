import { type ReactNode, useId } from 'react'
import styles from './Section.module.css'

type Props = { title: string; about?: string; children?: ReactNode }

export function Section({ title, about, children }: Props) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={styles.section}>
      <h2 id={id} className={styles.heading}>
        {title}
      </h2>
      {about !== undefined && <p className={styles.about}>{about}</p>}
      {children}
    </section>
  )
}
