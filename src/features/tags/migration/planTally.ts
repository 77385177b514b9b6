import { foldName } from '../../../lib/folding.ts'
import { appliedTags, needsReview } from './plan.ts'
import type { PlanEntry } from './types.ts'

/** What a plan comes to: its tags and what is left to review, as in the terminal's line. */
export interface PlanEffect {
  themes: number
  known: number
  made: number
  toReview: number
}

/**
 * Counts what a plan comes to once, and then what a person's decisions change about it: a plan has up to a hundred thousand
 * entries, and a decision must show at once.
 */
export class PlanTally {
  readonly #known: (folded: string) => boolean
  readonly #base = new Map<string, number>()
  readonly #folded = new Map<string, string>()
  readonly #made: PlanEffect

  /** @param known whether a tag has this name already, or this synonym; folded */
  constructor(entries: readonly PlanEntry[], known: (folded: string) => boolean) {
    this.#known = known
    for (const entry of entries) this.#add(this.#base, entry, 1)
    const isKnown = [...this.#base.keys()].map(known)
    const knownTags = isKnown.filter(Boolean).length
    this.#made = {
      themes: entries.length,
      known: knownTags,
      made: isKnown.length - knownTags,
      toReview: entries.filter(needsReview).length,
    }
  }

  /** @param changes entries as they were counted, each with what it is now */
  effect(changes: Iterable<readonly [before: PlanEntry, now: PlanEntry]>): PlanEffect {
    const more = new Map<string, number>()
    const effect = { ...this.#made }
    for (const [before, now] of changes) {
      this.#add(more, before, -1)
      this.#add(more, now, 1)
      effect.toReview += Number(needsReview(now)) - Number(needsReview(before))
    }
    for (const [folded, uses] of more) {
      const before = this.#base.get(folded) ?? 0
      const come = Number(before + uses > 0) - Number(before > 0)
      effect[this.#known(folded) ? 'known' : 'made'] += come
    }
    return effect
  }

  #add(uses: Map<string, number>, entry: PlanEntry, by: number): void {
    for (const name of appliedTags(entry)) {
      const folded = this.fold(name)
      uses.set(folded, (uses.get(folded) ?? 0) + by)
    }
  }

  /** The name as names are compared; remembered, since a plan names few tags often. */
  fold(name: string): string {
    const known = this.#folded.get(name)
    if (known !== undefined) return known
    const folded = foldName(name)
    this.#folded.set(name, folded)
    return folded
  }
}
