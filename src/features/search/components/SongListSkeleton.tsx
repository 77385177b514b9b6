import { Skeleton } from '../../../components/Skeleton.tsx'
import styles from './SongRow.module.css'

const titleWidths = ['11rem', '8rem', '14rem', '10rem', '12rem', '7rem', '13rem', '9rem', '15rem']

/** @param letters whether the songs will stand under their letters */
export function SongListSkeleton({ letters }: { letters: boolean }) {
  return (
    <div role="status">
      <span className="visually-hidden">Loading songs…</span>
      {titleWidths.map((width) => (
        <div key={width} className={styles.row}>
          {letters && <span className={styles.letter} />}
          <div className={styles.song}>
            <p className={styles.title}>
              <Skeleton width={width} />
            </p>
            <p className={styles.artist}>
              <Skeleton width="6rem" />
            </p>
          </div>
          <div className={styles.tags}>
            <Skeleton width="9rem" />
          </div>
        </div>
      ))}
    </div>
  )
}
