import { Button } from '../../../../../components/Button.tsx'
import { timeOf } from '../../../../../lib/format.ts'
import type { ModerationEntry } from '../../../services/moderationEntry.ts'
import { deedWords } from './deedWords.ts'
import styles from './LogEntry.module.css'

type Props = { entry: ModerationEntry; busy: boolean; onUndo: () => void }

export function LogEntry({ entry, busy, onUndo }: Props) {
  const deed = deedWords(entry)
  return (
    <li className={styles.entry}>
      <time className={styles.time} dateTime={entry.at}>
        {timeOf(entry.at)}
      </time>
      <div className={styles.deed}>
        <p className={styles.words}>{deed}</p>
        <p className={styles.who}>
          {whoDid(entry)}
          {entry.undoes !== null && ' · an undo'}
          {entry.undoneBy !== null && ' · undone'}
        </p>
      </div>
      {entry.canUndo && (
        <Button busy={busy} onClick={onUndo} aria-label={`Undo: ${deed}`}>
          Undo
        </Button>
      )}
    </li>
  )
}

function whoDid({ actor, actorEmail }: ModerationEntry): string {
  if (actor === null) return 'with the secret key'
  return actorEmail ?? 'somebody whose account is gone'
}
