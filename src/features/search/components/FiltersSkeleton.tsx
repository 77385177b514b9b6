import styles from './Filters.module.css'
import { TagFilterSkeleton } from './TagFilterSkeleton.tsx'

/** Where the filters will be, until their code is here. */
export function FiltersSkeleton() {
  return (
    <div className={styles.section} aria-hidden="true">
      <p className={styles.legend}>Tags</p>
      <TagFilterSkeleton />
    </div>
  )
}
