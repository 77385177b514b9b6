/** Calls when the browser has nothing better to do; Safari, which cannot tell, a little later. @returns how to call it off */
export function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(work, 200)
    return () => clearTimeout(timer)
  }
  const handle = requestIdleCallback(() => work())
  return () => cancelIdleCallback(handle)
}
