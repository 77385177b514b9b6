const EVERY_MS = 2000
const EVERY_SHARE = 0.1

/** Thins progress for a log: a line every two seconds or every tenth of the way, whichever comes first. */
export class Throttle {
  readonly #now: () => number
  #at: number
  #share = 0

  constructor(now: () => number = Date.now) {
    this.#now = now
    this.#at = now()
  }

  /** @param share of the way done, 0 to 1 */
  isDue(share: number): boolean {
    if (this.#now() - this.#at < EVERY_MS && share - this.#share < EVERY_SHARE) return false
    this.#at = this.#now()
    this.#share = share
    return true
  }
}
