import { useState } from 'react'
import { Button } from '../../../../../components/Button.tsx'
import { Dialog } from '../../../../../components/Dialog.tsx'
import { TextField } from '../../../../../components/TextField.tsx'
import { count } from '../../../../../lib/numbers.ts'
import { useContractChecks } from '../../../queries/migration/contractChecks.ts'
import { Command } from './Command.tsx'
import { DriftRound } from './DriftRound.tsx'
import { FailureNotice } from './FailureNotice.tsx'
import { FinalizeChecklist } from './FinalizeChecklist.tsx'
import styles from './MigrationDialog.module.css'
import { OfflineNotice } from './OfflineNotice.tsx'
import { TypedConfirmation } from './TypedConfirmation.tsx'

/** As long as the command waits unless it is told otherwise. */
const QUIET_DAYS = 14

type Props = {
  isServed: boolean
  onFinalize: (wish: { quietDays: number; songs: number }) => void
  onClose: () => void
}

/** The contract step: its list first; only when nothing is missing, the number of songs. */
export function FinalizeDialog({ isServed, onFinalize, onClose }: Props) {
  const [quietDays, setQuietDays] = useState(QUIET_DAYS)
  const checks = useContractChecks(quietDays)
  const { data: state } = checks
  const isReady = state?.phase !== 'dropped' && (state?.requirements.every(({ ok }) => ok) ?? false)
  return (
    <Dialog title="Finalize" onClose={onClose}>
      <div className={styles.body}>
        <p>
          The old column songs.themes is archived and dropped. It can be brought back: a rollback takes the
          run back, and the column returns with it.
        </p>
        <div className={styles.field}>
          <TextField
            label="Quiet days asked for"
            inputMode="numeric"
            autoComplete="off"
            value={String(quietDays)}
            onChange={({ target }) =>
              setQuietDays(Math.min(3650, Number(target.value.replaceAll(/\D/g, ''))))
            }
          />
        </div>
        {checks.isPending &&
          (checks.fetchStatus === 'paused' ? (
            <OfflineNotice what="The list appears" />
          ) : (
            <p role="status">Looking at the list, and validating every song…</p>
          ))}
        {checks.isError && <FailureNotice title="The list could not be made" error={checks.error} />}
        {state?.phase === 'dropped' && <p role="status">The old themes are archived and dropped already.</p>}
        {state && state.phase !== 'dropped' && <FinalizeChecklist requirements={state.requirements} />}
        {state && state.phase !== 'dropped' && isServed && !isReady && <DriftRound />}
        {state && isReady && isServed && (
          <TypedConfirmation
            songs={state.songs}
            verb="Drop the old themes"
            onConfirm={() => onFinalize({ quietDays, songs: state.songs })}
          >
            <Button onClick={onClose}>Leave them</Button>
          </TypedConfirmation>
        )}
        {state && isReady && !isServed && (
          <Command
            label={`Drop the themes of ${count(state.songs)} songs with`}
            command={`npm run migrate -- --finalize${quietDays === QUIET_DAYS ? '' : ` --quiet-days ${quietDays}`}`}
          />
        )}
        {!(isReady && isServed) && (
          <div className={styles.actions}>
            <Button onClick={onClose}>Close</Button>
          </div>
        )}
      </div>
    </Dialog>
  )
}
