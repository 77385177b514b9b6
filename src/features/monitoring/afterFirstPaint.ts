import { whenIdle } from '../../lib/whenIdle.ts'

/** Calls when the page has loaded and the browser has nothing better to do. */
export function afterFirstPaint(work: () => void): void {
  if (document.readyState === 'complete') whenIdle(work)
  else addEventListener('load', () => whenIdle(work), { once: true })
}
