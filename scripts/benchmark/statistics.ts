/** The value below which a share (0 to 1) of the samples lies, by nearest rank. @throws RangeError without samples */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (value === undefined) throw new RangeError('There are no samples.')
  return value
}

/** With an even number of samples the mean of the two in the middle. @throws RangeError without samples */
export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b)
  const lower = sorted[Math.floor((sorted.length - 1) / 2)]
  const upper = sorted[Math.ceil((sorted.length - 1) / 2)]
  if (lower === undefined || upper === undefined) throw new RangeError('There are no samples.')
  return (lower + upper) / 2
}

/** How far the samples lie apart: (largest - smallest) / median. */
export function spread(samples: readonly number[]): number {
  return (Math.max(...samples) - Math.min(...samples)) / median(samples)
}
