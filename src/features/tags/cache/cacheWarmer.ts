import { whenIdle } from '../../../lib/whenIdle.ts'
import type { CatalogTag } from '../catalog/types.ts'
import type { CacheManager } from './cacheManager.ts'
import { tagEntryKey } from './entryKeys.ts'

export interface CacheWarmerOptions {
  cache: Pick<CacheManager, 'preload'>
  /** The most used tags, most used first. */
  load: (limit: number, signal: AbortSignal) => Promise<readonly CatalogTag[]>
}

/** Tags that are taken ahead: those that most songs carry. */
const WARMED = 100
/** Tags put into memory before the browser is asked again whether it has time. */
const AT_ONCE = 20

/** Has the most used tags in memory before anybody asks: when the browser is idle, and never in the way. */
export class CacheWarmer {
  readonly #options: CacheWarmerOptions
  readonly #controller = new AbortController()

  constructor(options: CacheWarmerOptions) {
    this.#options = options
  }

  /** Resolves to how many tags were taken ahead: none when it cannot be afforded, was stopped or failed. */
  async warm(): Promise<number> {
    const { signal } = this.#controller
    try {
      await idle(signal)
      if (!isAffordable()) return 0
      const tags = (await this.#options.load(WARMED, signal)).slice(0, WARMED)
      for (let start = 0; start < tags.length; start += AT_ONCE) {
        await idle(signal)
        this.#options.cache.preload(tags.slice(start, start + AT_ONCE).map(entryOf))
      }
      return tags.length
    } catch {
      // Whoever needs a tag asks for it, and hears what is wrong.
      return 0
    }
  }

  stop(): void {
    this.#controller.abort()
  }
}

function entryOf(tag: CatalogTag) {
  return [tagEntryKey(tag.id), tag, [tagEntryKey(tag.id)]] as const
}

/** Not on a metered or missing connection, nor for a page that nobody looks at. */
function isAffordable(): boolean {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } }
  return navigator.onLine && connection?.saveData !== true && document.visibilityState === 'visible'
}

function idle(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const callOff = whenIdle(() => resolve())
    signal.addEventListener(
      'abort',
      () => {
        callOff()
        reject(signal.reason as Error)
      },
      { once: true },
    )
  })
}
