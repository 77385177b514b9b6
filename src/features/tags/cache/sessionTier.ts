import { KEY_PREFIX } from './cacheKey.ts'
import { packEntry, unpackEntry } from './entry.ts'
import type { CacheEntry, CacheTier } from './types.ts'

/** Longest entry, in UTF-16 units. The storage blocks the page while it works, and has 5 MB for everybody on the origin. */
export const LONGEST_ENTRY = 256 * 1024

/** What survives a reload, in this browser tab alone. Every method throws what the storage throws. */
export class SessionTier implements CacheTier {
  /** Entries given up because there was no room. */
  evictionCount = 0

  /** @throws SyntaxError for an entry that is none; it is deleted */
  get<T>(key: string): CacheEntry<T> | undefined {
    const text = sessionStorage.getItem(key)
    if (text === null) return undefined
    try {
      return unpackEntry<T>(text)
    } catch (error) {
      sessionStorage.removeItem(key)
      throw error
    }
  }

  /** An entry too long for this tier is left to the next one, and the one it replaces goes. */
  set<T>(key: string, entry: CacheEntry<T>): void {
    const text = packEntry(entry)
    if (text.length > LONGEST_ENTRY) this.delete(key)
    else this.#write(key, text)
  }

  delete(key: string): void {
    sessionStorage.removeItem(key)
  }

  clear(): void {
    this.#remove(() => true)
  }

  /** Removes what another person, or another version of the app, left in this tab: a closed tab comes back with it. */
  sweep(scope: string): void {
    this.#remove((key) => !key.startsWith(scope))
  }

  /** Deletes the entries that depend on any of these tags. */
  invalidateTags(tags: ReadonlySet<string>): void {
    this.#remove((key) => {
      try {
        return this.get(key)?.tags.some((tag) => tags.has(tag)) ?? false
      } catch {
        return true
      }
    })
  }

  #write(key: string, text: string): void {
    try {
      sessionStorage.setItem(key, text)
    } catch {
      // Full, most likely. All of ours are in IndexedDB, too, so they can make room for the newest.
      this.evictionCount += this.#remove((other) => other !== key)
      this.#writeOrDelete(key, text)
    }
  }

  /** What could not be replaced would be read as if it were the newest. */
  #writeOrDelete(key: string, text: string): void {
    try {
      sessionStorage.setItem(key, text)
    } catch (error) {
      sessionStorage.removeItem(key)
      throw error
    }
  }

  #remove(isUnwanted: (key: string) => boolean): number {
    const keys = Object.keys(sessionStorage).filter((key) => key.startsWith(KEY_PREFIX) && isUnwanted(key))
    for (const key of keys) sessionStorage.removeItem(key)
    return keys.length
  }
}
