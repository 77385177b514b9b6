import { useState } from 'react'
import { Button } from '../../../../../../components/Button.tsx'
import { Skeleton } from '../../../../../../components/Skeleton.tsx'
import type { ListedRun } from '../../../../migration/listRuns.ts'
import { useFunctionServed } from '../../../../queries/migration/functionServed.ts'
import { useRuns } from '../../../../queries/migration/runs.ts'
import { useLastWork } from '../../../../queries/migration/useLastWork.ts'
import { useRunPlan } from '../../../../queries/migration/useRunPlan.ts'
import { useWork } from '../../../../queries/migration/useWork.ts'
import { FailureNotice } from '../FailureNotice.tsx'
import { OfflineNotice } from '../OfflineNotice.tsx'
import { RollbackDialog } from '../RollbackDialog.tsx'
import { savePlanFile } from '../savePlanFile.ts'
import { WorkOutcome } from '../WorkOutcome.tsx'
import { PastRun } from './PastRun.tsx'
import styles from './RunHistory.module.css'

/** Every run, newest first, with its certificate. */
export function RunHistory() {
  const runs = useRuns()
  const plan = useRunPlan()
  const work = useWork()
  const last = useLastWork()
  const asked = last?.variables
  const takenBack = asked?.action === 'rollback' && runs.data?.find(({ id }) => id === asked.run)
  const { data: served } = useFunctionServed()
  const [toRollBack, setToRollBack] = useState<ListedRun | null>(null)
  return (
    <section aria-labelledby="run-history" className={styles.history}>
      <h2 id="run-history" className={styles.heading}>
        Runs
      </h2>
      {runs.isError && (
        <FailureNotice title="The runs could not be read" error={runs.error}>
          <Button busy={runs.isFetching} onClick={() => void runs.refetch()}>
            Try again
          </Button>
        </FailureNotice>
      )}
      {plan.isError && <FailureNotice title="The plan could not be read" error={plan.error} />}
      {takenBack && <WorkOutcome work={last} run={takenBack} />}
      {runs.isPending &&
        (runs.fetchStatus === 'paused' ? (
          <OfflineNotice what="The list of runs appears" />
        ) : (
          <Skeleton width="60%" />
        ))}
      {runs.data?.length === 0 && <p className={styles.quiet}>There is no run yet.</p>}
      <ol className="plain-list">
        {runs.data?.map((run) => (
          <PastRun
            key={run.id}
            run={run}
            busy={plan.isPending || work.isPending}
            onExport={() => plan.mutate(run.planHash, { onSuccess: savePlanFile })}
            onRollBack={() => setToRollBack(run)}
          />
        ))}
      </ol>
      {toRollBack && (
        <RollbackDialog
          run={toRollBack}
          isNamed
          isServed={served === true}
          onClose={() => setToRollBack(null)}
          onRollBack={(form) => {
            setToRollBack(null)
            work.mutate({ action: 'rollback', run: toRollBack.id, ...form })
          }}
        />
      )}
    </section>
  )
}
