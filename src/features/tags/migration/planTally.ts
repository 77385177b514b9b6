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
  readonly #themes: number
  readonly #toReview: number

  /** @param known whether a tag has this name already, or this synonym; folded */
  constructor(entries: readonly PlanEntry[], known: (folded: string) => boolean) {
    this.#known = known
    this.#themes = entries.length
    this.#toReview = entries.filter(needsReview).length
    for (const entry of entries) this.#add(this.#base, entry, 1)
  }

  /** @param changes entries as they were counted, each with what it is now */
  effect(changes: Iterable<readonly [before: PlanEntry, now: PlanEntry]>): PlanEffect {
    const more = new Map<string, number>()
    let toReview = this.#toReview
    for (const [before, now] of changes) {
      this.#add(more, before, -1)
      this.#add(more, now, 1)
      toReview += Number(needsReview(now)) - Number(needsReview(before))
    }
    let known = 0
    let made = 0
    const count = (folded: string) => {
      if (this.#known(folded)) known += 1
      else made += 1
    }
    for (const [folded, uses] of this.#base) if (uses + (more.get(folded) ?? 0) > 0) count(folded)
    for (const [folded, uses] of more) if (uses > 0 && !this.#base.has(folded)) count(folded)
    return { themes: this.#themes, known, made, toReview }
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
