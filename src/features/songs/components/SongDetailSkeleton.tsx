import { Skeleton } from '../../../components/Skeleton.tsx'
import styles from './SongDetail.module.css'

export function SongDetailSkeleton() {
  return (
    <div className={styles.song} role="status">
      <span className="visually-hidden">Loading the song…</span>
      <div className={styles.header}>
        <p className={styles.title}>
          <Skeleton width="16rem" />
        </p>
        <p className={styles.artist}>
          <Skeleton width="9rem" />
        </p>
        <p className={styles.tags}>
          <Skeleton width="13rem" />
        </p>
      </div>
      <div>
        <p className={styles.heading}>
          <Skeleton width="7rem" />
        </p>
        <p>
          <Skeleton width="100%" />
        </p>
        <p>
          <Skeleton width="100%" />
        </p>
      </div>
    </div>
  )
}
