import { Skeleton } from '../../../../../components/Skeleton.tsx'
import styles from './RunPanel.module.css'

/** The panel before the first answer. */
export function RunSkeleton() {
  return (
    <div className={styles.panel} aria-busy="true">
      <p className={styles.state}>
        <Skeleton width="8rem" />
      </p>
      <Skeleton width="100%" />
      <Skeleton width="20rem" />
    </div>
  )
}
