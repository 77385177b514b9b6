import { Suspense } from 'react'
import { ErrorBoundary } from '../../../components/ErrorBoundary.tsx'
import { lazy } from '../../../lib/lazy.ts'
import { useSignedInUser } from '../../auth/index.ts'
import { captureError } from '../../monitoring/index.ts'

const TaggingAlert = lazy(() => import('./TaggingAlert.tsx').then((module) => module.TaggingAlert))

/** Over every page, for whoever is signed in: nobody else tags. Where it does not arrive, the song's own page says the same. */
export function FailedTagging() {
  const { data: user } = useSignedInUser()
  if (!user) return null
  return (
    <ErrorBoundary fallback={() => null} onError={captureError}>
      <Suspense fallback={null}>
        <TaggingAlert />
      </Suspense>
    </ErrorBoundary>
  )
}
