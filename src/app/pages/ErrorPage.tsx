import { useEffect, useRef } from 'react'
import { useLocation } from 'react-router'
import { Button } from '../../components/Button.tsx'
import { ButtonLink } from '../../components/ButtonLink.tsx'
import { Notice } from '../../components/Notice.tsx'
import { PartNotLoaded } from '../../lib/lazy.ts'
import styles from './Page.module.css'

type Props = { error: unknown; retry: () => void }

/** A part of the app broke while it was drawn, or could not be loaded. Going elsewhere tries again. */
export function ErrorPage({ error, retry }: Props) {
  const { key } = useLocation()
  const brokenAt = useRef(key)
  useEffect(() => {
    // Another search of the same page is elsewhere, too.
    if (key !== brokenAt.current) retry()
  }, [key, retry])
  const isIncomplete = error instanceof PartNotLoaded
  return (
    <div className={styles.page} role="alert">
      <title>Something went wrong – HSA Songbook</title>
      <h1 className={styles.heading}>Something went wrong</h1>
      <Notice
        tone="problem"
        title="This page could not be shown"
        text={
          isIncomplete
            ? 'A part of the app did not arrive. Your songs are safe; check your connection, then load the page anew.'
            : 'Your songs are safe. Try again; if that does not help, load the page anew, since the app may have been updated.'
        }
      >
        {!isIncomplete && <Button onClick={retry}>Try again</Button>}
        <Button onClick={() => location.reload()}>Load anew</Button>
        <ButtonLink to="/">Show all songs</ButtonLink>
      </Notice>
      <details className={styles.details}>
        <summary>For whoever looks after the songbook</summary>
        <pre className={styles.technical}>{error instanceof Error ? error.message : String(error)}</pre>
      </details>
    </div>
  )
}
