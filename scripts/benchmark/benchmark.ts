import type { Machine } from './machine.ts'
import type { BenchmarkResult } from './result.ts'

/** Told in a few words what was just seen: a benchmark takes minutes. */
export type Report = (message: string) => void

export interface BenchmarkOptions {
  songs: number
  /** Counted repetitions of each contender. */
  runs: number
  /** Only to see that it works: everything is small, and what was promised for the full size is not judged. */
  isQuick: boolean
  report: Report
}

/** What a benchmark saw, and on what. */
export interface BenchmarkRun {
  machine: Machine
  results: BenchmarkResult[]
}

export interface Benchmark {
  /** What its figures mean, by name: docs/performance.md lists them. */
  figures: Readonly<Record<string, string>>
  /** Those whose promise holds for any size: they alone are judged when it is quick. */
  atAnySize: readonly string[]
  run(options: BenchmarkOptions): Promise<BenchmarkRun>
}
