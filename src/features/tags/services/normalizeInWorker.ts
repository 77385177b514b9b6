import type {
  KnownTag,
  NormalizedTheme,
  ThemeCount,
} from '../../songs/validation/utils/themeNormalization.ts'

export interface NormalizationWish {
  themes: ThemeCount[]
  knownTags: KnownTag[]
}

/**
 * Decides what becomes of every theme, beside the page: tens of thousands of themes take seconds, and the page goes on
 * answering. Misspellings and compounds are proposed, none is accepted.
 */
export function normalizeInWorker(wish: NormalizationWish, signal: AbortSignal): Promise<NormalizedTheme[]> {
  const worker = new Worker(new URL('./normalizeWorker.ts', import.meta.url), { type: 'module' })
  const { promise, resolve, reject } = Promise.withResolvers<NormalizedTheme[]>()
  const abort = () => reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  worker.addEventListener('message', ({ data }: MessageEvent<NormalizedTheme[]>) => resolve(data))
  worker.addEventListener('error', ({ message }) =>
    reject(new Error(`The plan could not be made: ${message}`)),
  )
  worker.postMessage(wish)
  return promise.finally(() => {
    signal.removeEventListener('abort', abort)
    worker.terminate()
  })
}
