import type { MatchKind, SuggestOptions } from '../types.ts'
import type { MatcherIndex } from './matcherIndex.ts'
import { rankIn, standingOf } from './rankTags.ts'

/** Best first: a kind's place is the main part of a match's cost. */
const KINDS: readonly MatchKind[] = ['exact', 'prefix', 'word-prefix', 'infix', 'typo']
/** Costs of one kind: matches of the same kind that are still better or worse than others. */
const COSTS_PER_KIND = 64

/** @param within 0 to 63; less is better */
export function costOf(kind: MatchKind, within = 0): number {
  return KINDS.indexOf(kind) * COSTS_PER_KIND + within
}

/** The kind that a cost is one of. */
export function kindOf(cost: number): MatchKind {
  return KINDS[Math.trunc(cost / COSTS_PER_KIND)] ?? 'typo'
}

/**
 * The best matches of all that are offered, each tag once, in order: by cost, then by what {@link rankTags} says. Made
 * once and used for every query; a match that is not among the best, as most are not, costs two comparisons.
 */
export class BestMatches {
  readonly #index: MatcherIndex
  /** By spelling. */
  readonly #merits: Int32Array
  #chosen: ReadonlySet<string> | undefined
  #companions: ReadonlyMap<string, number> | undefined
  #limit = 0
  #count = 0
  #costs = new Int32Array(16)
  #bestMerits = new Int32Array(16)
  #spellings = new Int32Array(16)
  #positions = new Int32Array(16)

  constructor(index: MatcherIndex) {
    this.#index = index
    this.#merits = index.ranking.merits
  }

  begin({ limit, chosen, companions }: SuggestOptions): void {
    this.#limit = Math.max(0, Math.min(Math.trunc(limit) || 0, this.#index.catalog.length))
    this.#count = 0
    this.#chosen = chosen?.size ? chosen : undefined
    this.#companions = companions?.size ? companions : undefined
    if (this.#limit <= this.#costs.length) return
    this.#costs = new Int32Array(this.#limit)
    this.#bestMerits = new Int32Array(this.#limit)
    this.#spellings = new Int32Array(this.#limit)
    this.#positions = new Int32Array(this.#limit)
  }

  get count(): number {
    return this.#count
  }

  get isFull(): boolean {
    return this.#count === this.#limit
  }

  /** @param position where in the units the match begins */
  offer(cost: number, spelling: number, position: number): void {
    const merit = this.#merits[spelling] ?? 0
    const last = this.#count - 1
    if (this.#count === this.#limit && !this.#isBetter(cost, merit, last)) return
    if (this.#chosen?.has(this.#idAt(merit))) return

    let free = this.isFull ? last : this.#count
    // The same tag may be here already, by another of its spellings.
    for (let i = 0; i < this.#count; i++) {
      if (rankIn(this.#bestMerits[i] ?? 0) !== rankIn(merit)) continue
      if (!this.#isBetter(cost, merit, i)) return
      free = i
      break
    }
    if (free === this.#count) this.#count++
    for (; free > 0 && this.#isBetter(cost, merit, free - 1); free--) this.#move(free - 1, free)
    this.#costs[free] = cost
    this.#bestMerits[free] = merit
    this.#spellings[free] = spelling
    this.#positions[free] = position
  }

  /** Best first. */
  map<T>(make: (cost: number, spelling: number, position: number) => T): T[] {
    const made: T[] = []
    for (let i = 0; i < this.#count; i++) {
      made.push(make(this.#costs[i] ?? 0, this.#spellings[i] ?? 0, this.#positions[i] ?? 0))
    }
    return made
  }

  #isBetter(cost: number, merit: number, place: number): boolean {
    const otherCost = this.#costs[place] ?? 0
    if (cost !== otherCost) return cost < otherCost
    const other = this.#bestMerits[place] ?? 0
    return this.#companions ? this.#isBetterCompany(merit, other) : merit < other
  }

  #isBetterCompany(merit: number, other: number): boolean {
    const { ranking } = this.#index
    if (standingOf(ranking, merit) === standingOf(ranking, other)) {
      const more = this.#companionship(merit) - this.#companionship(other)
      if (more !== 0) return more > 0
    }
    return merit < other
  }

  #companionship(merit: number): number {
    return this.#companions?.get(this.#idAt(merit)) ?? 0
  }

  #idAt(merit: number): string {
    const { catalog, ranking } = this.#index
    return catalog[ranking.tagAt[rankIn(merit)] ?? 0]?.id ?? ''
  }

  #move(from: number, to: number): void {
    this.#costs[to] = this.#costs[from] ?? 0
    this.#bestMerits[to] = this.#bestMerits[from] ?? 0
    this.#spellings[to] = this.#spellings[from] ?? 0
    this.#positions[to] = this.#positions[from] ?? 0
  }
}
