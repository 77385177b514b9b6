import type { TagCategory } from '../types.ts'

/** A tag as the catalogue knows it: everything that suggesting needs, and nothing that a person may not see. */
export interface CatalogTag {
  id: string
  /** As a person wrote it. */
  name: string
  category: TagCategory
  colour: string | null
  isStandard: boolean
  /** Songs that carry it. */
  usage: number
  /** Other names of the same tag, as they were written. */
  synonyms: readonly string[]
}

/** The whole vocabulary at one moment. */
export interface CatalogSnapshot {
  /** What the server calls this moment; opaque, sent back to ask for what came after it. */
  version: string
  tags: readonly CatalogTag[]
  /** Only the most used tags: there are too many to have them all here, so the server suggests. */
  partial?: true
}

/** How a query matches, best first. `exact` is the whole name; the others are told apart so that a person can be told. */
export type MatchKind = 'exact' | 'prefix' | 'word-prefix' | 'infix' | 'typo'

export interface Suggestion {
  tag: CatalogTag
  kind: MatchKind
  /** The synonym that matched; null when the tag's own name did. */
  via: string | null
  /** What matched, as [start, end) in UTF-16 units of the original spelling: of `via`, or else of the tag's name. */
  highlights: readonly (readonly [start: number, end: number])[]
}

export interface SuggestOptions {
  /** Suggestions at most. */
  limit: number
  /** Tags that are chosen already: never suggested. */
  chosen?: ReadonlySet<string>
  /** How much each tag usually goes with the chosen ones, 0 to 1, by id: the last thing that ranks. */
  companions?: ReadonlyMap<string, number>
}

/** Finds tags in memory. Never throws, whatever was typed. */
export interface TagMatcher {
  /** Best first. */
  suggest(query: string, options: SuggestOptions): Suggestion[]
  /**
   * Tags that a new one of this name would nearly repeat: the same name, another spelling of it, or a typo away.
   * Empty when the name is really new.
   */
  nearDuplicates(name: string): Suggestion[]
}
