import { type FailureKind, kindOfFailure, noFailures } from './failures.ts'
import type { CacheStats } from './types.ts'

/** What one tier did. Numbers only: no key and no data. */
export interface TierStats extends CacheStats {
  reads: number
  /** Times the tier did not do what it was asked, by kind. */
  failures: Readonly<Record<FailureKind, number>>
}

/** Counts what a tier does. */
export class TierTally {
  hits = 0
  misses = 0
  readonly #failures = noFailures()
  #timedReads = 0
  #timedMs = 0

  /** @param ms what one read took */
  time(ms: number): void {
    this.#timedReads += 1
    this.#timedMs += ms
  }

  fail(error: unknown): void {
    this.failAs(kindOfFailure(error))
  }

  failAs(kind: FailureKind): void {
    this.#failures[kind] += 1
  }

  /** Reads that failed are misses, too. */
  report({ evictionCount = 0, memoryUsage = 0 }: Partial<CacheStats> = {}): TierStats {
    const reads = this.hits + this.misses
    return {
      reads,
      hitRate: reads === 0 ? 0 : this.hits / reads,
      missRate: reads === 0 ? 0 : this.misses / reads,
      evictionCount,
      avgResponseTime: this.#timedReads === 0 ? 0 : this.#timedMs / this.#timedReads,
      memoryUsage,
      failures: { ...this.#failures },
    }
  }
}
