import { QueryClientProvider } from '@tanstack/react-query'
import { BrowserRouter } from 'react-router'
import { ErrorBoundary } from '../components/ErrorBoundary.tsx'
import { captureError } from '../features/monitoring/index.ts'
import { createQueryClient } from '../lib/queryClient.ts'
import { AppRoutes } from './AppRoutes.tsx'
import { BrokenAppPage } from './pages/BrokenAppPage.tsx'

const queryClient = createQueryClient()

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <BrowserRouter>
        {/* Around the layout, which has a boundary of its own for its page: without it a broken header leaves a white page. */}
        <ErrorBoundary
          fallback={(error, retry) => <BrokenAppPage error={error} retry={retry} />}
          onError={captureError}
        >
          <AppRoutes />
        </ErrorBoundary>
      </BrowserRouter>
    </QueryClientProvider>
  )
}
