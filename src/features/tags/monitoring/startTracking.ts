import { afterFirstPaint } from '../../monitoring/index.ts'

/** Has the tracker listen to what the app measures. Not part of the first load: what is measured until then is kept. */
export function startTracking(): void {
  afterFirstPaint(() => {
    void import('./connectTracker.ts').then(
      ({ connectTracker }) => connectTracker(),
      () => undefined,
    )
  })
}
