import { Skeleton } from '../../../components/Skeleton.tsx'
import styles from './Filters.module.css'

const widths = ['7rem', '9rem', '6rem', '8rem', '10rem', '7.5rem', '5rem', '9.5rem', '6.5rem', '8.5rem']

/** As many rows as the tags will be. */
export function TagFilterSkeleton() {
  return widths.map((width) => (
    <p key={width} className={styles.option} aria-hidden="true">
      <Skeleton width={width} />
    </p>
  ))
}
