/** Resolves when the browser has nothing better to do, after 100 ms at the latest. */
export function idle(): Promise<void> {
  return new Promise((resolve) => {
    // Safari has no idle callbacks yet; the next task is as near as it gets.
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: 100 })
    else setTimeout(resolve)
  })
}
