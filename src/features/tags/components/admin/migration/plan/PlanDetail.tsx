import { Button } from '../../../../../../components/Button.tsx'
import { countOf } from '../../../../../../lib/numbers.ts'
import { DISPOSITIONS } from '../../../../migration/dispositions.ts'
import { needsReview } from '../../../../migration/plan.ts'
import { isOpen } from '../../../../migration/planDecisions.ts'
import type { PlanEntry } from '../../../../migration/types.ts'
import { CategoryField } from './CategoryField.tsx'
import styles from './PlanDetail.module.css'
import { PlanSamples } from './PlanSamples.tsx'
import { PLAN_KEYS, type PlanDeed } from './planKeys.ts'
import { becomesText, namesText } from './planWords.ts'
import type { PlanReviewState } from './usePlanReview.ts'

type Props = {
  /** What a decision is about: what is chosen, or the row that one is at. As the plan was made. */
  entries: readonly PlanEntry[]
  review: PlanReviewState
  onDeed: (deed: PlanDeed) => void
}

/** What is known about a theme, or about those chosen, and what can be decided. */
export function PlanDetail({ entries, review, onDeed }: Props) {
  const [made] = entries
  if (made === undefined) return null
  const first = review.now(made)
  const canDecide = entries.some((entry) => isOpen(review.now(entry)))
  const canAccept = entries.some((entry) => needsReview(review.now(entry)))
  return (
    <section aria-label="The theme and what becomes of it" className={styles.detail}>
      {entries.length === 1 ? (
        <OneTheme entry={first} />
      ) : (
        <h2 className={styles.theme}>{countOf(entries.length, 'theme')} chosen</h2>
      )}
      <div className={styles.actions}>
        {PLAN_KEYS.filter(({ deed }) => deed !== 'category').map(({ key, deed, label }) => {
          const isOff =
            deed === 'undo'
              ? !review.canUndo
              : deed === 'accept' || deed === 'keep'
                ? !canAccept
                : deed === 'rename'
                  ? !canDecide || entries.length !== 1
                  : !canDecide
          return isOff ? null : (
            <Button
              key={deed}
              kind={deed === 'accept' ? 'primary' : 'quiet'}
              aria-keyshortcuts={key}
              onClick={() => onDeed(deed)}
            >
              {label} <kbd className={styles.key}>{key}</kbd>
            </Button>
          )
        })}
      </div>
      {canDecide && (
        <CategoryField
          category={first.category}
          onChange={(category) => review.categorize(entries, category)}
        />
      )}
      <PlanSamples entries={entries} review={review} />
    </section>
  )
}

function OneTheme({ entry }: { entry: PlanEntry }) {
  const title = DISPOSITIONS.find(({ disposition }) => disposition === entry.disposition)?.title
  return (
    <>
      <h2 className={styles.theme}>
        “{entry.rawTheme}” → {becomesText(entry)}
      </h2>
      <p className={styles.facts}>
        {title} · {entry.reason} · {Math.round(entry.confidence * 100)}% certain ·{' '}
        {countOf(entry.songs, 'song')}
        {needsReview(entry) && entry.tag !== null && ` · until accepted: ${namesText([entry.tag])}`}
      </p>
    </>
  )
}
