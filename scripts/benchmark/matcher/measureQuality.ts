import type { CatalogTag } from '../../../src/features/tags/catalog/types.ts'
import { isAcceptable } from './isAcceptable.ts'
import type { Label, LabelKind } from './parseLabels.ts'

/** An expected tag has to be among so many. */
const RECALLED_WITHIN = 5

export interface Quality {
  /** Share of the expected tags that were not among the first five. */
  missed: number
  /** False suggestions a query, of those that are shown. */
  falseOnes: number
}

/** By kind of query, and of all of them. */
export type QualityByKind = ReadonlyMap<LabelKind | 'all', Quality>

export function measureQuality(
  labels: readonly Label[],
  search: (query: string) => readonly CatalogTag[],
): QualityByKind {
  const sums = new Map<
    LabelKind | 'all',
    { queries: number; expected: number; missed: number; falseOnes: number }
  >()
  for (const label of labels) {
    const found = search(label.query)
    const first = found.slice(0, RECALLED_WITHIN).map(({ name }) => name)
    const missed = label.expected.filter((name) => !first.includes(name)).length
    const falseOnes = found.filter((tag) => !isAcceptable(label, tag)).length
    for (const kind of [label.kind, 'all'] as const) {
      const sum = sums.get(kind) ?? { queries: 0, expected: 0, missed: 0, falseOnes: 0 }
      sum.queries++
      sum.expected += label.expected.length
      sum.missed += missed
      sum.falseOnes += falseOnes
      sums.set(kind, sum)
    }
  }
  return new Map(
    [...sums].map(([kind, { queries, expected, missed, falseOnes }]) => [
      kind,
      { missed: expected === 0 ? 0 : missed / expected, falseOnes: falseOnes / queries },
    ]),
  )
}
