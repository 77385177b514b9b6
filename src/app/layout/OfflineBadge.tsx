import { Icon } from '../../components/Icon.tsx'
import { useOnline } from '../../lib/useOnline.ts'
import styles from './OfflineBadge.module.css'

/** The status stays in the page while online, or a screen reader would not notice it appear. */
export function OfflineBadge() {
  const online = useOnline()
  return (
    <span role="status">
      {!online && (
        <span className={styles.badge}>
          <Icon name="offline" />
          Offline
        </span>
      )}
    </span>
  )
}
