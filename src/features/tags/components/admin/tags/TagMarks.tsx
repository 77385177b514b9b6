import type { ListedTag } from '../../../services/adminTag.ts'
import styles from './TagMarks.module.css'

type Props = { tag: Pick<ListedTag, 'isStandard' | 'needsReview' | 'isBanned' | 'colour'> }

/** What a tag counts for, in a word each. */
export function TagMarks({ tag: { isStandard, needsReview, isBanned, colour } }: Props) {
  return (
    <>
      {isStandard && <span className={styles.mark}>standard</span>}
      {needsReview && <span className={styles.mark}>to review</span>}
      {isBanned && <span className={`${styles.mark} ${styles.banned}`}>banned</span>}
      {colour !== null && (
        <svg className={styles.colour} viewBox="0 0 12 12" role="img" aria-label={`colour ${colour}`}>
          <rect width="12" height="12" rx="3" fill={colour} />
        </svg>
      )}
    </>
  )
}
