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

/** The entries that a filter leaves, in its order. @param isDecided whether a person has decided about it */
export function planRows(
  entries: readonly PlanEntry[],
  { text, group, order }: PlanFilter,
  isDecided: (entry: PlanEntry) => boolean,
): PlanEntry[] {
  const wanted = text.trim().toLowerCase()
  return entries
    .filter((entry) => isIn(group, entry, isDecided) && (wanted === '' || holds(entry, wanted)))
    .sort(ORDERS[order])
}

function isIn(group: PlanGroup, entry: PlanEntry, isDecided: (entry: PlanEntry) => boolean): boolean {
  switch (group) {
    case 'all':
      return true
    case 'review':
      return needsReview(entry)
    case 'decided':
      return isDecided(entry)
    default:
      return entry.disposition === group
  }
}

function holds(entry: PlanEntry, wanted: string): boolean {
  return [entry.rawTheme, ...appliedTags(entry), ...(entry.proposal ?? [])].some((text) =>
    text.toLowerCase().includes(wanted),
  )
}

const bySongs = (a: PlanEntry, b: PlanEntry) => b.songs - a.songs

const ORDERS: Record<PlanOrder, (a: PlanEntry, b: PlanEntry) => number> = {
  // What a person should look at before anything else, most songs first: as the terminal lists it.
  review: (a, b) => Number(needsReview(b)) - Number(needsReview(a)) || bySongs(a, b),
  // They come in it.
  file: () => 0,
  songs: bySongs,
  confidence: (a, b) => a.confidence - b.confidence || bySongs(a, b),
}
