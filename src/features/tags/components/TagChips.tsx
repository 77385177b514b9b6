import type { Tag } from '../types.ts'
import { TagChip } from './TagChip.tsx'
import styles from './TagChips.module.css'

type Props = {
  tags: readonly Tag[]
  /** Show so many at most and say how many more there are. */
  limit?: number
}

export function TagChips({ tags, limit = tags.length }: Props) {
  const more = tags.length - limit
  return (
    <ul className={`plain-list ${styles.chips}`} aria-label="Tags">
      {tags.slice(0, limit).map((tag) => (
        <li key={tag.id}>
          <TagChip tag={tag} />
        </li>
      ))}
      {more > 0 && (
        <li className={styles.more}>
          +{more}
          <span className="visually-hidden"> more</span>
        </li>
      )}
    </ul>
  )
}
