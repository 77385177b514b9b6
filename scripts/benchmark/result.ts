/** One figure of a benchmark. Names are stable: scripts compare them over time. */
export interface BenchmarkResult {
  name: string
  value: number
  unit: string
  /** The most that `value` may be; null where nothing was promised, or not for this size. */
  target: number | null
  /** What it was measured against in the same run. */
  peer: string | null
  /** In the same unit as `value`. */
  peerValue: number | null
  /** value / peerValue; null when the peer's is 0. */
  ratio: number | null
  pass: boolean | null
  /** How far the values of several passes lie apart: (largest - smallest) / median. Left out for one pass. */
  spread?: number
}

export interface Figure {
  name: string
  value: number
  unit: string
  target?: number | null
  peer?: { name: string; value: number }
}

/** Completes a figure: its ratio to the peer, and whether it keeps its promise. Lower is better throughout. */
export function result({ name, value, unit, target = null, peer }: Figure): BenchmarkResult {
  return {
    name,
    value: rounded(value),
    unit,
    target,
    peer: peer?.name ?? null,
    peerValue: peer ? rounded(peer.value) : null,
    ratio: peer && peer.value !== 0 ? rounded(value / peer.value) : null,
    pass: target === null ? null : value <= target,
  }
}

/** The same figures, of which only these are judged; nothing was promised of the others at this size. */
export function judgedAlone(
  results: readonly BenchmarkResult[],
  judged: readonly string[],
): BenchmarkResult[] {
  return results.map((one) => (judged.includes(one.name) ? one : { ...one, target: null, pass: null }))
}

/** Four significant digits: more is noise. */
function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
