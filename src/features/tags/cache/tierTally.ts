import { Sketch } from '../monitoring/sketch.ts'
import type { SketchCells } from '../monitoring/sketchCells.ts'
import { type FailureKind, kindOfFailure, noFailures } from './failures.ts'
import type { CacheStats } from './types.ts'

/** What one tier did. Numbers only: no key and no data. */
export interface TierStats extends CacheStats {
  reads: number
  /** Times the tier did not do what it was asked, by kind. */
  failures: Readonly<Record<FailureKind, number>>
}

/** What one tier did in a while. */
export interface TierReads {
  hits: number
  misses: number
  failures: Readonly<Record<FailureKind, number>>
  /** ms */
  times: SketchCells
}

/** Counts what a tier does. */
export class TierTally {
  hits = 0
  misses = 0
  readonly #failures = noFailures()
  #timedReads = 0
  #timedMs = 0
  #times = new Sketch()
  #taken = { hits: 0, misses: 0, failures: noFailures() }

  /** @param ms what one read took @param standsFor reads, when only some are timed */
  time(ms: number, standsFor = 1): void {
    this.#timedReads += 1
    this.#timedMs += ms
    this.#times.record(ms, standsFor)
  }

  fail(error: unknown): void {
    this.failAs(kindOfFailure(error))
  }

  failAs(kind: FailureKind): void {
    this.#failures[kind] += 1
  }

  /** What happened since this was last called. */
  take(): TierReads {
    const before = this.#taken
    const times = this.#times.cells()
    this.#taken = { hits: this.hits, misses: this.misses, failures: { ...this.#failures } }
    this.#times = new Sketch()
    const failures = noFailures()
    for (const kind of Object.keys(failures) as FailureKind[])
      failures[kind] = this.#failures[kind] - before.failures[kind]
    return { hits: this.hits - before.hits, misses: this.misses - before.misses, failures, times }
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
