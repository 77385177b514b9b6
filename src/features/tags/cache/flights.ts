import { rejectOnAbort } from './rejectOnAbort.ts'
import type { Invalidation } from './types.ts'

/** A load under way, for everybody who asked for the same key. */
export interface Flight {
  /** Aborted when nobody waits any more. */
  readonly signal: AbortSignal
  /** Set when the key was invalidated or everything was purged meanwhile: what comes may be shown, but not kept. */
  readonly isOutdated: boolean
}

class OpenFlight implements Flight {
  readonly controller = new AbortController()
  isOutdated = false
  waiting = 0

  get signal(): AbortSignal {
    return this.controller.signal
  }
}

interface Asked {
  /** What the answer depends on. */
  tags: readonly string[]
  signal?: AbortSignal | undefined
}

/** One load at a time for each key, shared by all who ask. */
export class Flights {
  readonly #open = new Map<
    string,
    { flight: OpenFlight; answer: Promise<unknown>; tags: readonly string[] }
  >()

  /** Joins the load of this key or starts one. Rejects with the signal's reason as soon as the caller gives up. */
  async join<T>(key: string, { tags, signal }: Asked, start: (flight: Flight) => Promise<T>): Promise<T> {
    signal?.throwIfAborted()
    const { flight, answer } = this.#open.get(key) ?? this.#begin(key, tags, start)
    flight.waiting += 1
    try {
      return (await (signal ? Promise.race([answer, rejectOnAbort(signal)]) : answer)) as T
    } finally {
      flight.waiting -= 1
      if (flight.waiting === 0) this.#end(key, flight)
    }
  }

  /** Whoever asks from now on gets a new load; what is under way is not kept. */
  outdate({ keys = [], tags = [] }: Invalidation): void {
    this.#outdate((key, dependsOn) => keys.includes(key) || dependsOn.some((tag) => tags.includes(tag)))
  }

  outdateAll(): void {
    this.#outdate(() => true)
  }

  #outdate(isOutdated: (key: string, tags: readonly string[]) => boolean): void {
    for (const [key, { flight, tags }] of [...this.#open]) {
      if (!isOutdated(key, tags)) continue
      flight.isOutdated = true
      this.#open.delete(key)
    }
  }

  #begin<T>(key: string, tags: readonly string[], start: (flight: Flight) => Promise<T>) {
    const flight = new OpenFlight()
    const answer = start(flight)
    const open = { flight, answer, tags }
    this.#open.set(key, open)
    // The callers hear of it; if all have left, nobody needs to.
    answer.catch(() => undefined)
    return open
  }

  #end(key: string, flight: OpenFlight): void {
    flight.controller.abort()
    if (this.#open.get(key)?.flight === flight) this.#open.delete(key)
  }
}
