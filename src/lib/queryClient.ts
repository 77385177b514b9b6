import { QueryClient } from '@tanstack/react-query'
import { isSessionRefusal } from './isSessionRefusal.ts'
import { mayPass } from './mayPass.ts'
import { personalKey } from './personalKey.ts'
import { ServiceError } from './ServiceError.ts'

/** Answers are fresh for a minute, and what may pass by itself is tried three times in all. */
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

function isTemporary(error: unknown): boolean {
  return error instanceof ServiceError && mayPass(error.status)
}
