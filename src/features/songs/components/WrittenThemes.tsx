import { Suspense, useEffect, useState } from 'react'
import { Button } from '../../../components/Button.tsx'
import { PartOnItsWay } from '../../../components/PartOnItsWay.tsx'
import { lazy } from '../../../lib/lazy.ts'
import { useWrittenThemes } from '../queries/writtenThemes.ts'
import styles from './WrittenThemes.module.css'

const WrittenThemeList = lazy(() =>
  import('./WrittenThemeList.tsx').then((module) => module.WrittenThemeList),
)

/** The free-text themes from before tags; gone from the page once the songbook no longer keeps them. */
export function WrittenThemes({ songId }: { songId: string }) {
  const written = useWrittenThemes(songId)
  const [isOpen, setOpen] = useState(false)
  const isKept = written.data?.kept === true
  useEffect(() => {
    // Few open it: its list comes once the song is there, and is at hand without a connection. When it fails, opening says so.
    if (isKept) void WrittenThemeList.preload().catch(() => undefined)
  }, [isKept])
  if (written.data && !written.data.kept) return null
  return (
    <details className={styles.written} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className={styles.summary}>
        Themes as they were written
        {written.data?.themes && <span className={styles.count}>{written.data.themes.length}</span>}
      </summary>
      <div className={styles.body}>
        {isOpen && written.data && (
          <Suspense fallback={<PartOnItsWay />}>
            <WrittenThemeList themes={written.data.themes} />
          </Suspense>
        )}
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
