import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import styles from './Notice.module.css'

type Tone = 'plain' | 'problem' | 'offline'

const icons: Record<Tone, IconName> = { plain: 'note', problem: 'problem', offline: 'offline' }

type Props = {
  tone: Tone
  title: string
  /** What is safe and what to do next. */
  text: string
  /** Buttons and links. */
  children?: ReactNode
}

/** Instead of content: empty, failed or offline. Whoever shows it decides whether it is announced. */
export function Notice({ tone, title, text, children }: Props) {
  return (
    <div className={`${styles.notice} ${styles[tone]}`}>
      <Icon name={icons[tone]} />
      <div className={styles.body}>
        <p className={styles.title}>{title}</p>
        <p className={styles.text}>{text}</p>
        {children && <div className={styles.actions}>{children}</div>}
      </div>
    </div>
  )
}
