import { foldName } from '../../../../lib/folding.ts'
import type { TagCategory } from '../constants/themes.ts'
import { compareText } from './displayName.ts'
import { squashFolded } from './squashKey.ts'
import { vocabulary } from './vocabulary.ts'

/** A tag that the database has already. */
export interface KnownTag {
  name: string
  category: TagCategory
  synonyms: readonly string[]
  standard: boolean
}

export interface TagTarget {
  /** As the database spells it, where it has the tag. */
  name: string
  category: TagCategory
}

export interface IndexEntry {
  tag: TagTarget
  /** Whether the key is the tag's own name, or a synonym or variation. */
  isName: boolean
  /** The name or variation as it is written in the database or the vocabulary. */
  spelling: string
  key: string
}

/**
 * Every name that leads to a tag already: the database's names and synonyms, then the standard vocabulary's. What the
 * database says wins, so that a standard tag that an admin renamed, or made a synonym of another, stays so.
 */
export class TagIndex {
  readonly #byKey = new Map<string, IndexEntry>()
  readonly #bySquash = new Map<string, IndexEntry>()

  constructor(knownTags: Iterable<KnownTag> = []) {
    const known = [...knownTags].sort(
      (a, b) => Number(b.standard) - Number(a.standard) || compareText(a.name, b.name),
    )
    for (const tag of known) this.#add(tag.name, tag, true)
    for (const tag of known)
      for (const synonym of [...tag.synonyms].sort(compareText)) this.#add(synonym, tag, false)
    for (const { theme, isName, spelling, key, squashed } of vocabulary) {
      const tag = isName ? theme : (this.#byKey.get(foldName(theme.name))?.tag ?? theme)
      this.#set({ tag, isName, spelling, key }, squashed)
    }
  }

  #add(spelling: string, { name, category }: TagTarget, isName: boolean): void {
    const key = foldName(spelling)
    if (key !== '') this.#set({ tag: { name, category }, isName, spelling, key }, squashFolded(key))
  }

  #set(entry: IndexEntry, squashed: string): void {
    if (this.#byKey.has(entry.key)) return
    this.#byKey.set(entry.key, entry)
    if (!this.#bySquash.has(squashed)) this.#bySquash.set(squashed, entry)
  }

  /** The entry with this very key. */
  byKey(folded: string): IndexEntry | undefined {
    return this.#byKey.get(folded)
  }

  /** The entry that differs from this key by separators, plurals, a hash sign or emoji at most. */
  byForm(folded: string): IndexEntry | undefined {
    const entry = this.#byKey.get(folded) ?? this.#bySquash.get(squashFolded(folded))
    const bare = withoutDecoration(folded)
    return entry ?? (bare === folded ? undefined : this.#bySquash.get(squashFolded(bare)))
  }

  entries(): Iterable<IndexEntry> {
    return this.#byKey.values()
  }
}

/** `#easter` and `christmas 🎄` without what adds nothing; `#1` and a lone heart stay what they are. */
function withoutDecoration(folded: string): string {
  const bare = folded.replace(/^#(?=\p{L})|\p{Extended_Pictographic}/gu, '').trim()
  return bare === '' ? folded : bare
}
