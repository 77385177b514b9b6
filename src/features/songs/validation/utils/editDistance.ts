/** One letter's difference between what was written and what may have been meant. */
export type Edit =
  | { kind: 'substitution'; written: string; meant: string }
  | { kind: 'missing' | 'surplus'; letter: string; doubled: boolean }
  | { kind: 'swap' }

/**
 * The fewest edits from `written` to `meant`, swaps of neighbours counting as one (Damerau-Levenshtein, optimal string
 * alignment), or null when there are more than `limit`. O(length²): for single words, not for sentences.
 */
export function findEdits(written: string, meant: string, limit: number): Edit[] | null {
  if (Math.abs(written.length - meant.length) > limit) return null
  const table = distances(written, meant)
  const at = (i: number, j: number) => table[i]?.[j] ?? Number.POSITIVE_INFINITY
  if (at(written.length, meant.length) > limit) return null

  const edits: Edit[] = []
  let i = written.length
  let j = meant.length
  while (i > 0 || j > 0) {
    const here = at(i, j)
    if (i > 0 && j > 0 && written[i - 1] === meant[j - 1] && at(i - 1, j - 1) === here) {
      i--
      j--
    } else if (isSwap(written, meant, i, j) && at(i - 2, j - 2) + 1 === here) {
      edits.push({ kind: 'swap' })
      i -= 2
      j -= 2
    } else if (j > 0 && at(i, j - 1) + 1 === here) {
      edits.push({ kind: 'missing', letter: meant[j - 1] ?? '', doubled: isDoubled(meant, j - 1) })
      j--
    } else if (i > 0 && at(i - 1, j) + 1 === here) {
      edits.push({ kind: 'surplus', letter: written[i - 1] ?? '', doubled: isDoubled(written, i - 1) })
      i--
    } else {
      // Last: a letter left out and another doubled are likelier than two letters taken for two others.
      edits.push({ kind: 'substitution', written: written[i - 1] ?? '', meant: meant[j - 1] ?? '' })
      i--
      j--
    }
  }
  return edits.reverse()
}

function distances(a: string, b: string): number[][] {
  const table = Array.from({ length: a.length + 1 }, (_, i) => [i])
  for (let j = 1; j <= b.length; j++) table[0]?.push(j)
  for (let i = 1; i <= a.length; i++) {
    const row = table[i] ?? []
    const above = table[i - 1] ?? []
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + cost)
      if (isSwap(a, b, i, j)) best = Math.min(best, (table[i - 2]?.[j - 2] ?? 0) + 1)
      row.push(best)
    }
  }
  return table
}

function isSwap(a: string, b: string, i: number, j: number): boolean {
  return i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] && a[i - 1] !== a[i - 2]
}

function isDoubled(word: string, index: number): boolean {
  return word[index] === word[index - 1] || word[index] === word[index + 1]
}
