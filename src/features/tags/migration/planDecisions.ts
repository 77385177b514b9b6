import { foldName } from '../../../lib/folding.ts'
import { appliedTags } from './plan.ts'
import type { PlanEntry } from './types.ts'

/** What a person decides about an entry; the raw theme and what was found out about it stay. */

/** Whether anything can be decided: what is blank or too long never becomes a tag. */
export function isOpen({ disposition }: PlanEntry): boolean {
  return disposition !== 'blank' && disposition !== 'too-long'
}

/** The proposal is applied. */
export function accepted(entry: PlanEntry): PlanEntry {
  return entry.proposal === null || entry.accept ? entry : { ...entry, accept: true }
}

/** The theme stays a tag of its own; nothing is proposed any more. */
export function kept(entry: PlanEntry): PlanEntry {
  return entry.proposal === null ? entry : { ...entry, proposal: null, accept: false }
}

/** The theme becomes these tags instead: one, or several at once. */
export function becoming(entry: PlanEntry, tags: readonly string[]): PlanEntry {
  if (!isOpen(entry) || tags.length === 0) return entry
  return { ...entry, proposal: [...tags], accept: true }
}

export function inCategory(entry: PlanEntry, category: PlanEntry['category']): PlanEntry {
  return isOpen(entry) && entry.category !== category ? { ...entry, category } : entry
}

/** Whatever yields the tag of this name yields one of another name. @param from folded */
export function renaming(entry: PlanEntry, from: string, to: string): PlanEntry {
  const tags = appliedTags(entry)
  if (!tags.some((tag) => foldName(tag) === from)) return entry
  if (!entry.accept) return { ...entry, tag: to }
  return { ...entry, proposal: tags.map((tag) => (foldName(tag) === from ? to : tag)) }
}
