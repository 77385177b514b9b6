import { MigrationFailure } from './migrationFailure.ts'

/** No single wait is longer than this, whatever the exponent or the server says; milliseconds. */
export const LONGEST_WAIT_MS = 30_000

export interface RetryPolicy {
  maxRetries: number
  /** Base of the exponential backoff, milliseconds. */
  delayMs: number
  /** Resolves after so many milliseconds, or rejects when the run is to stop. */
  sleep: (ms: number) => Promise<void>
  /** Uniform in [0, 1). */
  random: () => number
  onRetry: (failure: MigrationFailure, waitMs: number) => void
}

/**
 * Repeats what may pass: exponential backoff with full jitter, so that workers hit by one fault do not return together
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/), and never sooner than the server asked.
 * @throws the last failure, when it is not transient or no try is left
 */
export async function withRetries<T>(policy: RetryPolicy, work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof MigrationFailure) || !error.transient || attempt >= policy.maxRetries)
        throw error
      await waitBefore(policy, attempt, error)
    }
  }
}

export async function waitBefore(
  policy: RetryPolicy,
  attempt: number,
  failure: MigrationFailure,
): Promise<void> {
  const waitMs = backoffMs(policy, attempt, failure.retryAfterMs)
  policy.onRetry(failure, waitMs)
  await policy.sleep(waitMs)
}

/** @param attempt 0 for the first retry. @returns milliseconds */
export function backoffMs(
  policy: Pick<RetryPolicy, 'delayMs' | 'random'>,
  attempt: number,
  retryAfterMs = 0,
): number {
  const ceiling = Math.min(LONGEST_WAIT_MS, policy.delayMs * 2 ** attempt)
  return Math.min(LONGEST_WAIT_MS, Math.max(retryAfterMs, Math.floor(policy.random() * ceiling)))
}

/** A sleep that a signal ends at once, with the failure `stopped`. */
export function sleepUntil(signal: AbortSignal | undefined): (ms: number) => Promise<void> {
  return (ms) =>
    new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer)
        reject(
          new MigrationFailure('stopped', 'Stopped while waiting.', { advice: 'Run the command again.' }),
        )
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop)
        resolve()
      }, ms)
      if (signal?.aborted) stop()
      else signal?.addEventListener('abort', stop, { once: true })
    })
}
