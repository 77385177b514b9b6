import type { ModerationEntry } from '../../../services/moderationEntry.ts'
import styles from './LogDay.module.css'
import { LogEntry } from './LogEntry.tsx'

type Props = {
  day: string
  entries: readonly ModerationEntry[]
  /** The entry that is being undone. */
  undoing: number | null
  onUndo: (entry: ModerationEntry) => void
}

export function LogDay({ day, entries, undoing, onUndo }: Props) {
  return (
    <section aria-label={day}>
      <h2 className={styles.day}>{day}</h2>
      <ol className={`plain-list ${styles.entries}`}>
        {entries.map((entry) => (
          <LogEntry key={entry.id} entry={entry} busy={undoing === entry.id} onUndo={() => onUndo(entry)} />
        ))}
      </ol>
    </section>
  )
}
