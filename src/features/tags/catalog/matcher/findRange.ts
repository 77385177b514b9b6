/**
 * The first of the sorted positions whose spelling is not below the first `length` units of the query.
 *
 * @param past go on past those that begin with it
 */
export function boundary(
  units: Uint16Array,
  sorted: Int32Array,
  query: Uint16Array,
  queryFrom: number,
  queryTo: number,
  past: boolean,
): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    const position = (sorted[middle] ?? 0) - queryFrom
    let i = queryFrom
    while (i < queryTo && units[position + i] === query[i]) i++
    const isBelow = i === queryTo ? past : (units[position + i] ?? 0) < (query[i] ?? 0)
    if (isBelow) low = middle + 1
    else high = middle
  }
  return low
}
