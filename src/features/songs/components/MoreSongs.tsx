import { useEffect, useRef } from 'react'
import { Button } from '../../../components/Button.tsx'
import styles from './MoreSongs.module.css'

type Props = {
  hasMore: boolean
  loading: boolean
  /** The last try failed: wait for the person instead of trying on every scroll. */
  failed: boolean
  load: () => void
}

/** Loads on by itself when the end of the list comes near; the button is for keyboards and for failures. */
export function MoreSongs({ hasMore, loading, failed, load }: Props) {
  const end = useRef<HTMLDivElement>(null)
  const byItself = hasMore && !loading && !failed

  useEffect(() => {
    if (!byItself || !end.current) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) load()
      },
      { rootMargin: '1200px' },
    )
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [byItself, load])

  if (!hasMore) return null
  return (
    <div ref={end} className={styles.more}>
      <p role="status">{failed ? 'The next songs could not be read. Those above are complete.' : ''}</p>
      <Button busy={loading} onClick={load}>
        {failed ? 'Try again' : loading ? 'Loading more songs…' : 'Show more songs'}
      </Button>
    </div>
  )
}
