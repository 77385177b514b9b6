import type { Steps } from './matcher/steps.ts'
import { createTagMatcher } from './tagMatcher.ts'
import type { CatalogTag } from './types.ts'

/** Two tags of which one nearly repeats the other. */
export interface DuplicatePair {
  /** The one that would stay: a standard tag, or else the more used one. */
  keep: CatalogTag
  /** The one that would be merged into it. */
  merge: CatalogTag
  /** The synonym of `keep` or `merge` that the other one's name nearly is; null when it is the name. */
  via: string | null
}

/**
 * Finds what the tag field would offer in place of a new tag: names and synonyms that are nearly another tag's name. Two
 * standard tags are never a pair, since somebody has decided on both. What would change most songs comes first.
 * @param onProgress called now and then with the tags that were looked at
 */
export function* duplicatePairs(
  tags: readonly CatalogTag[],
  onProgress: (tags: number) => void,
): Steps<DuplicatePair[]> {
  const matcher = createTagMatcher(tags)
  const pairs = new Map<string, DuplicatePair>()
  for (const [place, tag] of tags.entries()) {
    for (const { tag: other, via } of matcher.nearDuplicates(tag.name)) {
      if (other.id === tag.id || (tag.isStandard && other.isStandard)) continue
      const key = pairKey(tag.id, other.id)
      // Found from both sides: by its name before by a synonym.
      if (pairs.get(key)?.via === null) continue
      const [keep, merge] = staysBefore(tag, other) ? [tag, other] : [other, tag]
      pairs.set(key, { keep, merge, via })
    }
    // A look is a hundred times what a pass of other loops is.
    if (place % 16 === 0) {
      onProgress(place)
      yield
    }
  }
  onProgress(tags.length)
  return [...pairs.values()].sort(
    (a, b) => b.merge.usage - a.merge.usage || (a.merge.name < b.merge.name ? -1 : 1),
  )
}

/** The same for both orders. */
export function pairKey(one: string, other: string): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`
}

function staysBefore(one: CatalogTag, other: CatalogTag): boolean {
  if (one.isStandard !== other.isStandard) return one.isStandard
  return one.usage !== other.usage ? one.usage > other.usage : one.id < other.id
}
