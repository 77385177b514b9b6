import fc from 'fast-check'
import { expect, test } from 'vitest'
import { appliedTags, needsReview } from '../../../../migration/plan.ts'
import { accepted } from '../../../../migration/planDecisions.ts'
import type { PlanEntry } from '../../../../migration/types.ts'
import { type PlanFilter, PlanLister } from './planRows.ts'

const word = fc.constantFrom('Grace', 'GRACE and', 'hope', 'İman', 'ſong', 'a', '')
const entry = fc.record({
  disposition: fc.constantFrom<PlanEntry['disposition']>('custom', 'fuzzy', 'split', 'blank'),
  word,
  tag: fc.option(word),
  proposal: fc.option(fc.array(word, { minLength: 1, maxLength: 2 })),
  songs: fc.nat({ max: 5 }),
  confidence: fc.constantFrom(0, 0.25, 0.5, 1),
})
const entries = fc.array(entry, { maxLength: 12 }).map((made) =>
  made.map(
    ({ word: text, ...rest }, place): PlanEntry => ({
      ...rest,
      rawTheme: `${text} ${place}`,
      category: null,
      reason: '',
      accept: false,
    }),
  ),
)
const filter = fc.record<PlanFilter>({
  text: fc.constantFrom('', 'grace', 'GRACE A', 'e\n', 'a 1', 'i̇m', ' hope ', '\0'),
  group: fc.constantFrom('all', 'review', 'decided', 'custom'),
  order: fc.constantFrom('review', 'file', 'songs', 'confidence'),
})

/** The same, one entry after the other. */
function listed(
  all: readonly PlanEntry[],
  { text, group, order }: PlanFilter,
  now: (e: PlanEntry) => PlanEntry,
) {
  const wanted = text.trim().toLowerCase().replaceAll('\0', '')
  const compare: Record<PlanFilter['order'], (a: PlanEntry, b: PlanEntry) => number> = {
    review: (a, b) => Number(needsReview(b)) - Number(needsReview(a)) || b.songs - a.songs,
    songs: (a, b) => b.songs - a.songs,
    confidence: (a, b) => a.confidence - b.confidence || b.songs - a.songs,
    file: () => 0,
  }
  return all.toSorted(compare[order]).filter((made) => {
    const decided = now(made)
    const texts = [made.rawTheme, ...appliedTags(decided), ...(decided.proposal ?? [])]
    const isIn =
      group === 'all' ||
      (group === 'review' && needsReview(decided)) ||
      (group === 'decided' && decided !== made) ||
      made.disposition === group
    return isIn && (wanted === '' || texts.join('\n').toLowerCase().includes(wanted))
  })
}

test('a plan is listed as one entry after the other would be, whatever was decided about some', () => {
  fc.assert(
    fc.property(
      entries,
      fc.array(filter, { minLength: 1, maxLength: 3 }),
      fc.nat(3),
      (all, filters, every) => {
        const decided = new Map(all.map((made, place) => [made, place % 3 === every ? accepted(made) : made]))
        const now = (made: PlanEntry) => decided.get(made) ?? made
        const lister = new PlanLister(all)
        for (const one of filters) expect(lister.rows(one, now)).toEqual(listed(all, one, now))
      },
    ),
  )
})
