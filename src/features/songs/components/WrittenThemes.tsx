import { Button } from '../../../components/Button.tsx'
import { useWrittenThemes } from '../queries/writtenThemes.ts'
import { WrittenThemeList } from './WrittenThemeList.tsx'
import styles from './WrittenThemes.module.css'

/** The free-text themes from before tags; gone from the page once the songbook no longer keeps them. */
export function WrittenThemes({ songId }: { songId: string }) {
  const written = useWrittenThemes(songId)
  if (written.data && !written.data.kept) return null
  return (
    <details className={styles.written}>
      <summary className={styles.summary}>
        Themes as they were written
        {written.data?.themes && <span className={styles.count}>{written.data.themes.length}</span>}
      </summary>
      <div className={styles.body}>
        {written.data && <WrittenThemeList themes={written.data.themes} />}
        {written.isPending && (
          <p>{written.fetchStatus === 'paused' ? 'Not on this device yet.' : 'Loading…'}</p>
        )}
        {written.isError && (
          <div className={styles.failed} role="alert">
            <p>The old themes could not be read. They are unchanged.</p>
            <Button busy={written.isFetching} onClick={() => void written.refetch()}>
              Try again
            </Button>
          </div>
        )}
      </div>
    </details>
  )
}
