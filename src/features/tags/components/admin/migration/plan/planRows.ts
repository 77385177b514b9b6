import { appliedTags, needsReview } from '../../../../migration/plan.ts'
import type { PlanEntry } from '../../../../migration/types.ts'

export type PlanGroup = 'all' | 'review' | 'decided' | PlanEntry['disposition']
export type PlanOrder = 'review' | 'file' | 'songs' | 'confidence'

export interface PlanFilter {
  /** Part of a theme or of a tag. */
  text: string
  group: PlanGroup
  order: PlanOrder
}

/**
 * Lists a plan's entries as a filter says. Each order is made once, and each text to search in: a hundred thousand entries are
 * filtered while somebody types.
 */
export class PlanLister {
  readonly #entries: readonly PlanEntry[]
  readonly #orders = new Map<PlanOrder, readonly PlanEntry[]>()
  readonly #texts = new Map<PlanEntry, string>()

  /** @param entries as the plan was made, in the order of its file */
  constructor(entries: readonly PlanEntry[]) {
    this.#entries = entries
  }

  /**
   * @param now the entry as it was decided, or the same
   * @returns entries as the plan was made; where they stand is not changed by decisions
   */
  rows({ text, group, order }: PlanFilter, now: (entry: PlanEntry) => PlanEntry): readonly PlanEntry[] {
    const wanted = text.trim().toLowerCase()
    const all = this.#ordered(order)
    if (group === 'all' && wanted === '') return all
    return all.filter((entry) => {
      const decided = now(entry)
      return isIn(group, entry, decided) && (wanted === '' || this.#textOf(decided).includes(wanted))
    })
  }

  #ordered(order: PlanOrder): readonly PlanEntry[] {
    const made = this.#orders.get(order) ?? this.#entries.toSorted(ORDERS[order])
    this.#orders.set(order, made)
    return made
  }

  #textOf(entry: PlanEntry): string {
    const known = this.#texts.get(entry)
    if (known !== undefined) return known
    // A line for each, so that nothing is found across two of them.
    const text = [entry.rawTheme, ...appliedTags(entry), ...(entry.proposal ?? [])].join('\n').toLowerCase()
    this.#texts.set(entry, text)
    return text
  }
}

function isIn(group: PlanGroup, made: PlanEntry, decided: PlanEntry): boolean {
  switch (group) {
    case 'all':
      return true
    case 'review':
      return needsReview(decided)
    case 'decided':
      return decided !== made
    default:
      return made.disposition === group
  }
}

const bySongs = (a: PlanEntry, b: PlanEntry) => b.songs - a.songs

const ORDERS: Record<PlanOrder, (a: PlanEntry, b: PlanEntry) => number> = {
  // What a person should look at before anything else, most songs first: as the terminal lists it.
  review: (a, b) => Number(needsReview(b)) - Number(needsReview(a)) || bySongs(a, b),
  songs: bySongs,
  confidence: (a, b) => a.confidence - b.confidence || bySongs(a, b),
  // They come in it.
  file: () => 0,
}
