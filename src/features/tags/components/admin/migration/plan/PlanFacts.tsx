import { count, countOf } from '../../../../../../lib/numbers.ts'
import type { PlanEffect } from '../../../../migration/planTally.ts'
import type { Survey } from '../../../../migration/survey.ts'
import styles from './PlanFacts.module.css'

type Props = { effect: PlanEffect; survey: Survey }

/** What the plan comes to, in the terminal's words; it follows every decision. */
export function PlanFacts({ effect, survey }: Props) {
  const { themes, known, made, toReview } = effect
  return (
    <p className={styles.facts}>
      <span className={styles.main}>
        {countOf(themes, 'theme')} → {countOf(known + made, 'tag')}
      </span>
      <span>
        {count(known)} known, {count(made)} new
      </span>
      <span className={toReview > 0 ? styles.review : ''}>{count(toReview)} to review</span>
      <span>
        {count(survey.songsWithThemes)} of {countOf(survey.songs, 'song')}
      </span>
    </p>
  )
}
