import type { MatchKind, SuggestOptions } from '../types.ts'
import type { MatcherIndex } from './matcherIndex.ts'

/** Best first: a kind's place is the main part of a match's cost. */
const KINDS: readonly MatchKind[] = ['exact', 'prefix', 'word-prefix', 'infix', 'typo']
/** Costs of one kind: matches of the same kind that are still better or worse than others. */
const COSTS_PER_KIND = 64

/** @param within 0 to 63; less is better */
export function costOf(kind: MatchKind, within = 0): number {
  return KINDS.indexOf(kind) * COSTS_PER_KIND + within
}

export function kindOf(cost: number): MatchKind {
  return KINDS[Math.trunc(cost / COSTS_PER_KIND)] ?? 'typo'
}

/**
 * The best matches of all that are offered, each tag once, in order. Made once and used for every query: a match that is
 * not among the best, as most are not, costs two comparisons.
 */
export class BestMatches {
  readonly #index: MatcherIndex
  #chosen: ReadonlySet<string> | undefined
  #companions: ReadonlyMap<string, number> | undefined
  #limit = 0
  #count = 0
  #costs = new Int32Array(16)
  #ranks = new Int32Array(16)
  #spellings = new Int32Array(16)
  #positions = new Int32Array(16)

  constructor(index: MatcherIndex) {
    this.#index = index
  }

  begin({ limit, chosen, companions }: SuggestOptions): void {
    this.#limit = Math.max(0, Math.min(Math.trunc(limit) || 0, this.#index.catalog.length))
    this.#count = 0
    this.#chosen = chosen?.size ? chosen : undefined
    this.#companions = companions?.size ? companions : undefined
    if (this.#limit <= this.#costs.length) return
    this.#costs = new Int32Array(this.#limit)
    this.#ranks = new Int32Array(this.#limit)
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
    const { spellings, ranking } = this.#index
    const rank = ranking.rankOf[spellings.tags[spelling] ?? 0] ?? 0
    const last = this.#count - 1
    if (this.isFull && !this.#isBetter(cost, rank, last) && rank !== this.#ranks[last]) return
    if (this.#chosen?.has(this.#idAt(rank))) return

    // The same tag may be here already, by another of its spellings: of two that match alike, the name goes first.
    let free = this.isFull ? last : this.#count
    for (let i = 0; i < this.#count; i++) {
      if (this.#ranks[i] !== rank) continue
      const known = this.#costs[i] ?? 0
      if (known < cost || (known === cost && (this.#spellings[i] ?? 0) <= spelling)) return
      free = i
      break
    }
    if (free === this.#count) this.#count++
    for (; free > 0 && this.#isBetter(cost, rank, free - 1); free--) this.#move(free - 1, free)
    this.#costs[free] = cost
    this.#ranks[free] = rank
    this.#spellings[free] = spelling
    this.#positions[free] = position
  }

  /** Best first. */
  map<T>(make: (cost: number, spelling: number, position: number) => T): T[] {
    return Array.from({ length: this.#count }, (_, i) =>
      make(this.#costs[i] ?? 0, this.#spellings[i] ?? 0, this.#positions[i] ?? 0),
    )
  }

  #isBetter(cost: number, rank: number, place: number): boolean {
    const otherCost = this.#costs[place] ?? 0
    if (cost !== otherCost) return cost < otherCost
    const other = this.#ranks[place] ?? 0
    if (this.#companions) {
      const { standingAt } = this.#index.ranking
      if (standingAt[rank] === standingAt[other]) {
        const more = this.#companionship(rank) - this.#companionship(other)
        if (more !== 0) return more > 0
      }
    }
    return rank < other
  }

  #companionship(rank: number): number {
    return this.#companions?.get(this.#idAt(rank)) ?? 0
  }

  #idAt(rank: number): string {
    const { catalog, ranking } = this.#index
    return catalog[ranking.tagAt[rank] ?? 0]?.id ?? ''
  }

  #move(from: number, to: number): void {
    this.#costs[to] = this.#costs[from] ?? 0
    this.#ranks[to] = this.#ranks[from] ?? 0
    this.#spellings[to] = this.#spellings[from] ?? 0
    this.#positions[to] = this.#positions[from] ?? 0
  }
}
