import styles from './TagInputNote.module.css'

/** Above the rows, or instead of them: why there are none, or what else may be done. */
export function TagInputNote({ words }: { words: string | null }) {
  if (words === null) return null
  // The field's own status says it to screen readers.
  return (
    <p className={styles.note} aria-hidden="true">
      {words}
    </p>
  )
}
