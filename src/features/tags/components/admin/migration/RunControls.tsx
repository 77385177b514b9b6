import { useState } from 'react'
import { useNavigate } from 'react-router'
import { Button } from '../../../../../components/Button.tsx'
import type { RollbackForm } from '../../../migration/rollbackForm.ts'
import type { RunStatus } from '../../../migration/runStatus.ts'
import { useFunctionServed } from '../../../queries/migration/functionServed.ts'
import { usePlanDraft } from '../../../queries/migration/planDraft.ts'
import { useIsWorking } from '../../../queries/migration/useIsWorking.ts'
import type { useStopRun } from '../../../queries/migration/useStopRun.ts'
import type { useWork } from '../../../queries/migration/useWork.ts'
import { CancelDialog } from './CancelDialog.tsx'
import { Command } from './Command.tsx'
import { FinalizeDialog } from './FinalizeDialog.tsx'
import { RollbackDialog } from './RollbackDialog.tsx'
import styles from './RunControls.module.css'
import { type Deed, deedsFor } from './runDeeds.ts'

type Props = {
  status: RunStatus
  work: ReturnType<typeof useWork>
  stop: ReturnType<typeof useStopRun>
}

/** What can be done about the run as it is: by the edge function, or where none is deployed, by a command. */
export function RunControls({ status, work, stop }: Props) {
  const [asking, setAsking] = useState<Deed['kind'] | null>(null)
  const { data: served, isError: isUnknown } = useFunctionServed()
  // One that does not answer as it should does not work either.
  const isMissing = served === false || (served === undefined && isUnknown)
  const isWorking = useIsWorking()
  const navigate = useNavigate()
  const { decisions } = usePlanDraft()
  const isServed = served === true
  const { run } = status
  const close = () => setAsking(null)

  const doIt = ({ kind }: Deed) => {
    // Started from here, a run would have a plan of its own: what was decided is started where it is to be seen.
    if (kind === 'start' && decisions.size > 0) void navigate('/admin/migration/plan')
    else if (kind === 'start') work.mutate({ action: 'advance', start: true })
    else if (kind === 'resume') work.mutate({ action: 'advance', resume: true })
    else if (kind === 'go-on') work.mutate({ action: 'advance' })
    else if (kind === 'pause') stop.mutate('paused')
    else setAsking(kind)
  }
  const deeds = deedsFor(status, isWorking)
  const byCommand = deeds.flatMap(({ kind, label, command }) =>
    command !== null && isMissing ? [{ kind, label, command }] : [],
  )
  return (
    <div className={styles.controls}>
      <div className={styles.buttons}>
        {deeds
          .filter(({ command }) => command === null || served === true)
          .map((deed) => (
            <Button
              key={deed.kind}
              kind={deed.isMain ? 'primary' : 'quiet'}
              busy={stop.isPending || (deed.kind === 'start' && isWorking)}
              onClick={() => doIt(deed)}
            >
              {deed.kind === 'start' && decisions.size > 0 ? 'Start with the reviewed plan…' : deed.label}
            </Button>
          ))}
      </div>
      {byCommand.length > 0 && (
        <div className={styles.commands}>
          <p className={styles.quiet}>
            {served === false
              ? 'The edge function is not deployed here, so a terminal does the work; this page shows it.'
              : 'The edge function does not answer as it should, so a terminal does the work until it does; this page shows it.'}
          </p>
          {byCommand.map(({ kind, label, command }) => (
            <Command key={kind} label={`${label} with`} command={command} />
          ))}
        </div>
      )}
      {asking === 'cancel' && run && (
        <CancelDialog
          run={run}
          onClose={close}
          onCancelRun={() => {
            close()
            stop.mutate('cancelled')
          }}
        />
      )}
      {asking === 'roll-back' && run && (
        <RollbackDialog
          run={run}
          isServed={isServed}
          onClose={close}
          onRollBack={(form: RollbackForm) => {
            close()
            work.mutate({ action: 'rollback', run: run.id, ...form })
          }}
        />
      )}
      {asking === 'finalize' && (
        <FinalizeDialog
          isServed={isServed}
          onClose={close}
          onFinalize={(wish) => {
            close()
            work.mutate({ action: 'finalize', ...wish })
          }}
        />
      )}
    </div>
  )
}
