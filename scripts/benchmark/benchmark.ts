import type { Machine } from './machine.ts'
import type { BenchmarkResult } from './result.ts'

/** Told in a few words what was just seen: a benchmark takes minutes. */
export type Report = (message: string) => void

export interface BenchmarkOptions {
  songs: number
  /** Counted repetitions of each contender. */
  runs: number
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
  run(options: BenchmarkOptions): Promise<BenchmarkRun>
}
