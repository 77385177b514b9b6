import { ServiceError } from '../../lib/ServiceError.ts'

/** What became of a question that threw: `answered` by a refusal, `called-off` by whoever asked, or `failed`. */
export function outcomeOf(error: unknown, signal?: AbortSignal): 'answered' | 'called-off' | 'failed' {
  if (signal?.aborted || navigator.onLine === false) return 'called-off'
  if (error instanceof ServiceError) return isRefusal(error.status) ? 'answered' : 'failed'
  if (!(error instanceof Error)) return 'failed'
  if (error.name === 'AbortError') return 'called-off'
  return error.cause === undefined ? 'failed' : outcomeOf(error.cause)
}

/** Too many requests and too slow ones are the server's trouble. */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429
}
