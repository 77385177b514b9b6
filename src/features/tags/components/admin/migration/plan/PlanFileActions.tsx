import { useState } from 'react'
import { Button } from '../../../../../../components/Button.tsx'
import { countOf } from '../../../../../../lib/numbers.ts'
import { checkPlanFits, parsePlan, serializePlan } from '../../../../migration/planFile.ts'
import type { Survey } from '../../../../migration/survey.ts'
import { FailureNotice } from '../FailureNotice.tsx'
import { savePlanFile } from '../savePlanFile.ts'
import styles from './PlanFileActions.module.css'
import type { PlanReviewState } from './usePlanReview.ts'

type Props = { review: PlanReviewState; survey: Survey; onSaid: (what: string) => void }

/** The plan as the file that the command reads and writes, too. */
export function PlanFileActions({ review, survey, onSaid }: Props) {
  const [failure, setFailure] = useState<unknown>(null)
  const take = async (file: File) => {
    setFailure(null)
    // Of a hundred thousand themes it takes seconds.
    onSaid('Reading the plan file…')
    try {
      const plan = parsePlan(await file.text())
      await checkPlanFits(plan, survey.themes)
      onSaid(`The file differs from the plan as it was made in ${countOf(review.take(plan), 'theme')}.`)
    } catch (error) {
      onSaid('')
      setFailure(error)
    }
  }
  return (
    <>
      <div className={styles.actions}>
        <Button onClick={() => savePlanFile(serializePlan(review.reviewed()))}>Export plan</Button>
        <label className={styles.import}>
          <span>Import plan</span>
          <input
            type="file"
            accept="application/json,.json"
            className="visually-hidden"
            onChange={({ target }) => {
              const [file] = target.files ?? []
              // The same file can be chosen again once it is mended.
              target.value = ''
              if (file) void take(file)
            }}
          />
        </label>
      </div>
      {failure !== null && <FailureNotice title="The plan file was not taken over" error={failure} />}
    </>
  )
}
