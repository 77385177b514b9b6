import type { CatalogTag } from '../types.ts'
import { OWN_NAME, type Spellings } from './spellings.ts'

/** Tags in the order in which they are suggested when they match alike. */
export interface Ranking {
  /** By tag: its rank, from 0; no two have the same. */
  rankOf: Int32Array
  /** By rank: the tag. */
  tagAt: Int32Array
  /** By rank: the first rank with the same standing (standard or custom, and usage). */
  standingAt: Int32Array
}

const MOST_USAGE = 2 ** 31 - 1
const MOST_TAGS = 2 ** 21

/**
 * Standard tags before custom ones, then by usage, then by name.
 *
 * @param nameOwners by place among the sorted spellings: the spelling
 */
export function rankTags(tags: readonly CatalogTag[], spellings: Spellings, nameOwners: Int32Array): Ranking {
  const standings = Float64Array.from(tags, standing)
  // All that ranks goes into one number, as a comparison of objects is what building the index would take longest for.
  const sorted = new Float64Array(tags.length)
  const byName = tagsByName(tags.length, spellings, nameOwners)
  for (const [place, tag] of byName.entries()) sorted[place] = (standings[tag] ?? 0) * MOST_TAGS + place
  sorted.sort()

  const tagAt = Int32Array.from(sorted, (packed) => byName[packed % MOST_TAGS] ?? 0)
  const rankOf = new Int32Array(tags.length)
  const standingAt = new Int32Array(tags.length)
  for (const [rank, tag] of tagAt.entries()) {
    rankOf[tag] = rank
    const isSame = rank > 0 && standings[tag] === standings[tagAt[rank - 1] ?? 0]
    standingAt[rank] = isSame ? (standingAt[rank - 1] ?? 0) : rank
  }
  return { rankOf, tagAt, standingAt }
}

/** Less is better. */
function standing({ isStandard, usage }: CatalogTag): number {
  const used = Math.min(Math.max(Math.trunc(usage) || 0, 0), MOST_USAGE)
  return (isStandard ? 0 : MOST_USAGE + 1) + MOST_USAGE - used
}

/** Tags by their own names; at the end those that have none. */
function tagsByName(count: number, { tags, synonyms }: Spellings, nameOwners: Int32Array): Int32Array {
  const byName = new Int32Array(count)
  const isPlaced = new Uint8Array(count)
  let next = 0
  for (const spelling of nameOwners) {
    if (synonyms[spelling] !== OWN_NAME) continue
    const tag = tags[spelling] ?? 0
    byName[next++] = tag
    isPlaced[tag] = 1
  }
  for (const [tag, placed] of isPlaced.entries()) if (placed === 0) byName[next++] = tag
  return byName
}
