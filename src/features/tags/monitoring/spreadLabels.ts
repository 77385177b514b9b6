/** Moves labels apart that would lie on each other, as little as it takes. @param wanted where each should be, px @returns where they go, in the same order */
export function spreadLabels(
  wanted: readonly number[],
  apart: number,
  lowest: number,
  highest: number,
): number[] {
  const order = wanted.map((_, place) => place).toSorted((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0))
  const placed: number[] = []
  let least = lowest
  order.forEach((place, rank) => {
    // What comes after this one needs room, too.
    const most = highest - (order.length - 1 - rank) * apart
    const at = Math.max(least, Math.min(wanted[place] ?? 0, most))
    placed[place] = at
    least = at + apart
  })
  return placed
}
