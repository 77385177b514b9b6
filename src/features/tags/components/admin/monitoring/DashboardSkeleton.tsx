import { Skeleton } from '../../../../../components/Skeleton.tsx'
import styles from './DashboardSkeleton.module.css'

/** As high as what will stand here. */
export function DashboardSkeleton() {
  return (
    <div role="status" className={styles.skeleton}>
      <span className="visually-hidden">The figures are being read.</span>
      <div className={styles.headlines}>
        <Skeleton width="60%" />
      </div>
      {['first', 'second', 'third'].map((row) => (
        <div key={row} className={styles.figure}>
          <Skeleton width="12rem" />
        </div>
      ))}
    </div>
  )
}
