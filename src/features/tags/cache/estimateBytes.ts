/** Elements of an array that are looked at; the others are taken to be like them. */
const SAMPLED = 128

/** About what a value made of plain data takes in memory; bytes. */
export function estimateBytes(value: unknown): number {
  if (typeof value === 'string') return 16 + 2 * value.length
  if (typeof value !== 'object' || value === null) return 8
  if (Array.isArray(value)) return 16 + estimateArray(value)
  return Object.entries(value).reduce((sum, [, each]) => sum + 8 + estimateBytes(each), 24)
}

function estimateArray(values: readonly unknown[]): number {
  const step = Math.max(1, Math.floor(values.length / SAMPLED))
  let seen = 0
  let bytes = 0
  for (let n = 0; n < values.length; n += step) {
    bytes += 8 + estimateBytes(values[n])
    seen += 1
  }
  return seen === 0 ? 0 : Math.ceil((bytes / seen) * values.length)
}
