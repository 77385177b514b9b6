import { useNavigate } from 'react-router'
import { Button } from '../../../../../../components/Button.tsx'
import { useFunctionServed } from '../../../../queries/migration/functionServed.ts'
import { useStorePlan } from '../../../../queries/migration/useStorePlan.ts'
import { useWork } from '../../../../queries/migration/useWork.ts'
import { Command } from '../Command.tsx'
import { FailureNotice } from '../FailureNotice.tsx'
import type { PlanReviewState } from './usePlanReview.ts'

/** Starts a run with exactly this plan; where nobody works for the page, its file does. */
export function PlanStart({ review }: { review: Pick<PlanReviewState, 'reviewed'> }) {
  const navigate = useNavigate()
  const { data: served, isError } = useFunctionServed()
  const store = useStorePlan()
  const work = useWork()
  if (served === undefined && !isError) return null
  if (served !== true)
    return <Command label="Export the plan, then" command="npm run migrate -- --plan migration-plan.json" />
  const start = () =>
    store.mutate(review.reviewed(), {
      onSuccess: (plan) => {
        work.mutate({ action: 'advance', start: true, plan })
        void navigate('/admin/migration')
      },
    })
  return (
    <>
      {store.isError && <FailureNotice title="The plan could not be stored" error={store.error} />}
      <Button kind="primary" busy={store.isPending} onClick={start}>
        Start with this plan
      </Button>
    </>
  )
}
