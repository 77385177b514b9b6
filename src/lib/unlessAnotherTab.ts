/**
 * Does the work unless another tab is at it already: undefined if it is. Without Web Locks every tab does it.
 *
 * @param key names the work in all tabs
 */
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
