import { onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals'
import { timings, type WebVital } from './measured.ts'

/** How the page felt: told once each, mostly when the page is left. The browser has kept what happened before this was loaded. */
export function watchWebVitals(): void {
  const note = (metric: WebVital) => (vital: { value: number }) =>
    timings.send({ metric, label: '', ms: vital.value, failed: false })
  onLCP(note('web.lcp'))
  onINP(note('web.inp'))
  onCLS(note('web.cls'))
  onFCP(note('web.fcp'))
  onTTFB(note('web.ttfb'))
}
