import { QueryClient } from '@tanstack/react-query'
import { isSessionRefusal } from './isSessionRefusal.ts'
import { personalKey } from './personalKey.ts'
import { ServiceError } from './ServiceError.ts'

export function createQueryClient(): QueryClient {
  const queryClient = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        retry: shouldRetry,
        retryDelay: (failures, error) => (isTemporary(error) ? Math.min(1000 * 2 ** failures, 30_000) : 0),
      },
    },
  })
  // What somebody wrote is not to be had again from anywhere.
  queryClient.setQueryDefaults(personalKey, { gcTime: Number.POSITIVE_INFINITY })
  return queryClient
}

/** Whether a query is worth another try after `failures` failed ones. */
export function shouldRetry(failures: number, error: unknown): boolean {
  // The client has dropped the refused session by now: without it everyone may read.
  if (error instanceof ServiceError && isSessionRefusal(error)) return failures === 0
  return failures < 2 && isTemporary(error)
}

/** What may pass by itself: no answer, too many requests, a server in trouble. */
function isTemporary(error: unknown): boolean {
  if (!(error instanceof ServiceError)) return false
  return error.status === 0 || error.status === 408 || error.status === 429 || error.status >= 500
}
