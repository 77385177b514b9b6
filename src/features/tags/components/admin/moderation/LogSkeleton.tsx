import { Skeleton } from '../../../../../components/Skeleton.tsx'
import styles from './LogEntry.module.css'

const rows = ['18rem', '24rem', '14rem', '20rem', '22rem', '16rem']

export function LogSkeleton() {
  return (
    <div aria-hidden="true">
      {rows.map((width) => (
        <div key={width} className={styles.entry}>
          <Skeleton width="3rem" />
          <div className={styles.deed}>
            <p>
              <Skeleton width={width} />
            </p>
            <p className={styles.who}>
              <Skeleton width="10rem" />
            </p>
          </div>
        </div>
      ))}
    </div>
  )
}
