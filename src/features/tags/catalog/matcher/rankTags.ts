import type { CatalogTag } from '../types.ts'
import { OWN_NAME, type Spellings } from './spellings.ts'

/** How spellings are ordered that match alike. */
export interface Ranking {
  /** By spelling: less is better; see {@link rankTags}. */
  merits: Int32Array
  /** By rank: the tag. */
  tagAt: Int32Array
  /** By rank: the first rank with the same standing (standard or custom, and usage). */
  standingAt: Int32Array
}

const MOST_USAGE = 2 ** 31 - 1
/** A catalogue is sent whole; the database answers instead long before it has this many. */
const MOST_TAGS = 2 ** 21
/** Parts of a merit above the rank. */
const BY_SYNONYM = MOST_TAGS
const CUSTOM = 2 * MOST_TAGS

/**
 * Standard tags before custom ones, among these names before synonyms, then by usage, then by name. All of it is in one
 * number for each spelling, its merit: the rank of the tag and, above it, what goes before the rank.
 *
 * @param nameOwners by place among the sorted spellings: the spelling
 */
export function rankTags(tags: readonly CatalogTag[], spellings: Spellings, nameOwners: Int32Array): Ranking {
  const standings = new Float64Array(tags.length)
  let next = 0
  for (const tag of tags) standings[next++] = standing(tag)

  // One number again, as comparing objects is what building the index would take longest for.
  const sorted = new Float64Array(tags.length)
  const byName = tagsByName(tags.length, spellings, nameOwners)
  for (let place = 0; place < byName.length; place++) {
    sorted[place] = (standings[byName[place] ?? 0] ?? 0) * MOST_TAGS + place
  }
  sorted.sort()

  const tagAt = new Int32Array(tags.length)
  const rankOf = new Int32Array(tags.length)
  const standingAt = new Int32Array(tags.length)
  for (let rank = 0; rank < tags.length; rank++) {
    const tag = byName[(sorted[rank] ?? 0) % MOST_TAGS] ?? 0
    tagAt[rank] = tag
    rankOf[tag] = rank
    const isSame = rank > 0 && standings[tag] === standings[tagAt[rank - 1] ?? 0]
    standingAt[rank] = isSame ? (standingAt[rank - 1] ?? 0) : rank
  }
  return { merits: meritsOf(tags, spellings, rankOf), tagAt, standingAt }
}

/** The rank that a merit holds. */
export function rankIn(merit: number): number {
  return merit & (MOST_TAGS - 1)
}

/** The same for merits between which only the name has decided. */
export function standingOf({ standingAt }: Ranking, merit: number): number {
  const rank = rankIn(merit)
  return merit - rank + (standingAt[rank] ?? 0)
}

function meritsOf(tags: readonly CatalogTag[], spellings: Spellings, rankOf: Int32Array): Int32Array {
  const merits = new Int32Array(spellings.tags.length)
  for (let spelling = 0; spelling < merits.length; spelling++) {
    const tag = spellings.tags[spelling] ?? 0
    merits[spelling] =
      (rankOf[tag] ?? 0) +
      (spellings.synonyms[spelling] === OWN_NAME ? 0 : BY_SYNONYM) +
      (tags[tag]?.isStandard ? 0 : CUSTOM)
  }
  return merits
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
  for (let i = 0; i < nameOwners.length; i++) {
    const spelling = nameOwners[i] ?? 0
    if (synonyms[spelling] !== OWN_NAME) continue
    const tag = tags[spelling] ?? 0
    byName[next++] = tag
    isPlaced[tag] = 1
  }
  for (let tag = 0; tag < count; tag++) if (isPlaced[tag] === 0) byName[next++] = tag
  return byName
}
