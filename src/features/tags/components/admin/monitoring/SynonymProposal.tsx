import { Button } from '../../../../../components/Button.tsx'
import type { MetricsDashboard } from '../../../monitoring/dashboardSchema.ts'
import styles from './SynonymProposal.module.css'

type Tag = NonNullable<MetricsDashboard['searches']['unfound'][number]['nearest']>

type Props = { text: string; nearest: Tag | null; busy: boolean; onAdd: (tag: Tag) => void }

/** What a name may have, at most. */
const LONGEST_NAME = 50

/** The tag that a text nearly is, and how to make it one of the tag's names. */
export function SynonymProposal({ text, nearest, busy, onAdd }: Props) {
  if (nearest === null) return '–'
  // The tag has it, and no song has the tag.
  if (nearest.likeness === 1) return `${nearest.name} already`
  return (
    <span className={styles.proposal}>
      <bdi>{nearest.name}</bdi>
      {[...text].length <= LONGEST_NAME && (
        <Button
          busy={busy}
          aria-label={`Add synonym “${text}” to ${nearest.name}`}
          onClick={() => onAdd(nearest)}
        >
          Add synonym
        </Button>
      )}
    </span>
  )
}
