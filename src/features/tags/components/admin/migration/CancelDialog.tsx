import { Button } from '../../../../../components/Button.tsx'
import { Dialog } from '../../../../../components/Dialog.tsx'
import { count, countOf } from '../../../../../lib/numbers.ts'
import type { Run } from '../../../migration/migrationDatabase.ts'
import styles from './MigrationDialog.module.css'

type Props = { run: Run; onCancelRun: () => void; onClose: () => void }

export function CancelDialog({ run, onCancelRun, onClose }: Props) {
  const total = Math.max(run.totalSongs, run.songs)
  return (
    <Dialog title="Cancel the run?" onClose={onClose}>
      <div className={styles.body}>
        <p>
          It ends for good at {count(run.songs)} of {countOf(total, 'song')}. What is done stays: a new run
          migrates the rest, a rollback takes it back. To go on later, pause it instead.
        </p>
        <div className={styles.actions}>
          <Button kind="primary" onClick={onCancelRun}>
            Cancel the run
          </Button>
          <Button onClick={onClose}>Keep it</Button>
        </div>
      </div>
    </Dialog>
  )
}
