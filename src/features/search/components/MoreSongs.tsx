import { Button } from '../../../components/Button.tsx'
import styles from './MoreSongs.module.css'

type Props = {
  loading: boolean
  /** The last try failed: wait for the person instead of trying on every scroll. */
  failed: boolean
  load: () => void
}

/** Below the songs: more are on their way, or could not be read. They are asked for by themselves, long before the end. */
export function MoreSongs({ loading, failed, load }: Props) {
  return (
    <div className={styles.more}>
      <p role="status">
        {failed
          ? 'The next songs could not be read. Those above are complete.'
          : loading && 'Loading more songs…'}
      </p>
      {failed && (
        <Button busy={loading} onClick={load}>
          Try again
        </Button>
      )}
    </div>
  )
}
