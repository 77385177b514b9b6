/** Calls when the page has loaded and the browser has nothing better to do; Safari, which cannot tell, a little later. */
export function afterFirstPaint(work: () => void): void {
  const whenIdle = () => {
    if (typeof requestIdleCallback === 'undefined') setTimeout(work, 200)
    else requestIdleCallback(work)
  }
  if (document.readyState === 'complete') whenIdle()
  else addEventListener('load', whenIdle, { once: true })
}
