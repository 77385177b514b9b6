import { normalizeThemes } from '../../songs/validation/utils/themeNormalization.ts'
import type { NormalizationWish } from './normalizeInWorker.ts'

// The other side of normalizeInWorker.ts.
globalThis.addEventListener('message', ({ data }: MessageEvent<NormalizationWish>) => {
  const { themes, knownTags } = data
  globalThis.postMessage(normalizeThemes(themes, { fuzzy: 'review', knownTags }))
})
