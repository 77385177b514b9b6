import type { TagCategory } from '../tags/index.ts'

export type SearchSort = 'relevance' | 'title' | 'newest' | 'most_used'

/** From the least to the most, both included; null is open. */
export type NumberRange = { from: number | null; to: number | null }

/** What somebody looks for. An empty one finds every song. */
export type Search = {
  /** Words of the title, the artist or the lyrics. */
  text: string
  /** Ids of tags of which a song has every one, at least one, and none. */
  all: readonly string[]
  any: readonly string[]
  none: readonly string[]
  /** A song has a tag of any of these. */
  categories: readonly TagCategory[]
  /** One arrangement is in one of these keys, of this difficulty and in this tempo. */
  keys: readonly string[]
  difficulty: NumberRange | null
  /** Beats a minute. */
  tempo: NumberRange | null
  sort: SearchSort
}

/** How a tag narrows a search. */
export type TagMode = 'all' | 'any' | 'none'
