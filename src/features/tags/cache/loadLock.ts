/** How long a tab that has nothing to show waits for another one's load before it loads for itself; ms. */
const PATIENCE = 1000

/** Does the work unless another tab is at it already: undefined if it is. Without Web Locks every tab does it. */
export async function unlessAnotherTab<T>(key: string, work: () => Promise<T>): Promise<T | undefined> {
  let hasBegun = false
  const begin = () => {
    hasBegun = true
    return work()
  }
  // Only where the page is secure, and not in older browsers.
  const locks = navigator.locks as LockManager | undefined
  if (!locks) return begin()
  try {
    return await locks.request(key, { ifAvailable: true }, (lock) => (lock ? begin() : undefined))
  } catch (error) {
    // Locks are refused where storage is.
    if (hasBegun) throw error
    return begin()
  }
}

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
