import { useEffect, useRef } from 'react'
import { useLocation } from 'react-router'
import { ErrorPage } from './ErrorPage.tsx'
import styles from './Page.module.css'

type Props = { error: unknown; retry: () => void }

/** What is around the pages broke. Going elsewhere tries again. */
export function BrokenAppPage({ error, retry }: Props) {
  const { pathname } = useLocation()
  const brokenAt = useRef(pathname)
  useEffect(() => {
    if (pathname !== brokenAt.current) retry()
  }, [pathname, retry])
  return (
    <main className={styles.alone}>
      <ErrorPage error={error} retry={retry} />
    </main>
  )
}
