/** A page that draws nothing may never be called idle; ms. */
const LATEST = 2000

/**
 * Calls when the browser has nothing better to do, after two seconds at the latest; Safari, which cannot tell, a little
 * later. @returns how to call it off
 */
export function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(work, 200)
    return () => clearTimeout(timer)
  }
  const handle = requestIdleCallback(() => work(), { timeout: LATEST })
  return () => cancelIdleCallback(handle)
}
