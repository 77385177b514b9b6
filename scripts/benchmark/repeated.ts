import type { BenchmarkResult } from './result.ts'
import { median, spread } from './statistics.ts'

/**
 * One result for each figure of several passes: medians of what was seen, and how far the values lie apart. The ratio is the
 * median of the ratios, since each compares what was measured at one time. A promise is kept when the median keeps it.
 *
 * @param passes the results of each pass; at least one
 */
export function repeated(passes: readonly (readonly BenchmarkResult[])[]): BenchmarkResult[] {
  if (passes.length === 1) return [...(passes[0] ?? [])]
  const names = [...new Set(passes.flatMap((pass) => pass.map(({ name }) => name)))]
  return names.flatMap((name) => {
    const seen = passes.flatMap((pass) => pass.filter((result) => result.name === name))
    const [first] = seen
    if (first === undefined) return []
    const values = seen.map(({ value }) => value)
    const value = median(values)
    return {
      ...first,
      value,
      peerValue: medianOf(seen.map(({ peerValue }) => peerValue)),
      ratio: medianOf(seen.map(({ ratio }) => ratio)),
      pass: first.target === null ? null : value <= first.target,
      ...(value === 0 ? {} : { spread: spread(values) }),
    }
  })
}

/** Null when it was never seen. */
function medianOf(values: readonly (number | null)[]): number | null {
  const seen = values.filter((value) => value !== null)
  return seen.length === 0 ? null : median(seen)
}
