import { useState } from 'react'
import { Button } from '../../../../../components/Button.tsx'
import { Dialog } from '../../../../../components/Dialog.tsx'
import type { Run } from '../../../migration/migrationDatabase.ts'
import { type RollbackForm, rollbackCommand } from '../../../migration/rollbackForm.ts'
import { useRollbackPlan } from '../../../queries/migration/rollbackPlan.ts'
import { Command } from './Command.tsx'
import { FailureNotice } from './FailureNotice.tsx'
import styles from './MigrationDialog.module.css'
import { OfflineNotice } from './OfflineNotice.tsx'
import { RollbackDryRun } from './RollbackDryRun.tsx'
import { RollbackFormFields } from './RollbackFormFields.tsx'
import { TypedConfirmation } from './TypedConfirmation.tsx'

type Props = {
  run: Run
  /** Chosen among others: a command would take the latest one. */
  isNamed?: boolean
  /** Whether the edge function can do it. */
  isServed: boolean
  onRollBack: (form: RollbackForm) => void
  onClose: () => void
}

/** What a rollback would do is shown first, in the form that is chosen; then it takes the number of songs. */
export function RollbackDialog({ run, isNamed = false, isServed, onRollBack, onClose }: Props) {
  const [form, setForm] = useState<RollbackForm>(() => beginningOf(run))
  const plan = useRollbackPlan(run.id, form)
  return (
    <Dialog title="Roll back" onClose={onClose}>
      <div className={styles.body}>
        {/* One that is under way goes on in its own form. */}
        {run.status !== 'rolling_back' && <RollbackFormFields form={form} onChange={setForm} />}
        {plan.isError && <FailureNotice title="It cannot be taken back like that" error={plan.error} />}
        {plan.isPending &&
          (plan.fetchStatus === 'paused' ? (
            <OfflineNotice what="What it would do appears" />
          ) : (
            <p role="status">Reading the journal…</p>
          ))}
        {plan.data && <RollbackDryRun plan={plan.data} />}
        {plan.data && isServed && (
          <TypedConfirmation songs={plan.data.songs} verb="Roll back" onConfirm={() => onRollBack(form)}>
            <Button onClick={onClose}>Leave it as it is</Button>
          </TypedConfirmation>
        )}
        {plan.data && !isServed && (
          <Command label="Take it back with" command={rollbackCommand(form, isNamed ? run.id : null)} />
        )}
        {!(plan.data && isServed) && (
          <div className={styles.actions}>
            <Button onClick={onClose}>Leave it as it is</Button>
          </div>
        )}
      </div>
    </Dialog>
  )
}

function beginningOf({ status, exactRollback, rollbackToBatch, rollbackToTime }: Run): RollbackForm {
  if (status !== 'rolling_back') return { exact: false, to: null }
  const to =
    rollbackToBatch !== null
      ? { batch: rollbackToBatch }
      : rollbackToTime !== null
        ? { time: rollbackToTime }
        : null
  return { exact: exactRollback ?? false, to }
}
