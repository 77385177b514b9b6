import { Suspense } from 'react'
import { Outlet, useLocation } from 'react-router'
import { ErrorBoundary } from '../../components/ErrorBoundary.tsx'
import { PartOnItsWay } from '../../components/PartOnItsWay.tsx'
import { captureError } from '../../features/monitoring/index.ts'
import { FailedTagging } from '../../features/songs/index.ts'
import { ErrorPage } from '../pages/ErrorPage.tsx'
import { Header } from './Header.tsx'
import styles from './Layout.module.css'
import { SkipLink } from './SkipLink.tsx'
import { useFocusOnNewPage } from './useFocusOnNewPage.ts'
import { useScrollMemory } from './useScrollMemory.ts'

export function Layout() {
  const { pathname } = useLocation()
  const content = useFocusOnNewPage()
  useScrollMemory()
  return (
    <>
      <SkipLink />
      <Header />
      <main id="content" className={styles.main} tabIndex={-1} ref={content}>
        <FailedTagging />
        {/* With the address as its key: going elsewhere leaves the error behind. */}
        <ErrorBoundary
          key={pathname}
          fallback={(error, retry) => <ErrorPage error={error} retry={retry} />}
          onError={captureError}
        >
          <Suspense fallback={<PartOnItsWay />}>
            <Outlet />
          </Suspense>
        </ErrorBoundary>
      </main>
    </>
  )
}
