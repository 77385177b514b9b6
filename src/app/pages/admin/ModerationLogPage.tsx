import { ModerationLog } from '../../../features/tags/index.ts'
import styles from './AdminPage.module.css'

export function ModerationLogPage() {
  return (
    <>
      <title>Moderation log – HSA Songbook</title>
      <h1 className={styles.heading}>Moderation log</h1>
      <p className={styles.about}>
        Everything that was done to tags, latest first. Nobody can change or remove an entry; an undo is an
        entry, too.
      </p>
      <ModerationLog />
    </>
  )
}
