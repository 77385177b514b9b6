import { type ReactNode, useId } from 'react'
import type { Figures } from '../../../monitoring/toCsv.ts'
import { CsvButton } from './CsvButton.tsx'
import styles from './Panel.module.css'

type Props = {
  title: string
  /** What it is, in a sentence. */
  about?: string
  /** What can be saved as a file of that name; nothing when there is nothing. */
  file?: string
  figures?: Figures
  children: ReactNode
}

export function Panel({ title, about, file, figures, children }: Props) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={styles.panel}>
      <div className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {file !== undefined && figures && figures.rows.length > 0 && (
          <CsvButton title={title} file={file} figures={figures} />
        )}
      </div>
      {about !== undefined && <p className={styles.about}>{about}</p>}
      {children}
    </section>
  )
}
