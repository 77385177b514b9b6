import { unlessAnotherTab } from '../../../lib/unlessAnotherTab.ts'

/** How long a tab that has nothing to show waits for another one's load before it loads for itself; ms. */
const PATIENCE = 1000

/**
 * Does the work after another tab that is at it, but waits no longer than its patience.
 *
 * @param work is told whether there was anything to wait for
 */
export async function afterAnotherTab<T>(
  key: string,
  work: (hasWaited: boolean) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const done = await unlessAnotherTab(key, async () => ({ answer: await work(false) }))
  if (done) return done.answer
  const impatient = AbortSignal.timeout(PATIENCE)
  try {
    return await navigator.locks.request(key, { signal: AbortSignal.any([signal, impatient]) }, () =>
      work(true),
    )
  } catch (error) {
    if (error !== impatient.reason) throw error
    return work(true)
  }
}
