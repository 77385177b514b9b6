import { Button } from '../../../../../components/Button.tsx'
import { useDriftRound } from '../../../queries/migration/useDriftRound.ts'
import { FailureNotice } from './FailureNotice.tsx'
import styles from './MigrationDialog.module.css'

/** One of the things that the list asks for, done from here. */
export function DriftRound() {
  const round = useDriftRound()
  return (
    <>
      {round.isError && <FailureNotice title="The drift checks did not come to an end" error={round.error} />}
      <div className={styles.actions}>
        <Button busy={round.isPending} onClick={() => round.mutate()}>
          {round.isPending ? 'Checking for drift…' : 'Check once around for drift'}
        </Button>
      </div>
    </>
  )
}
