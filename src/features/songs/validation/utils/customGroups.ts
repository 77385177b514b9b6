import { bestSpelling, type Spelling } from './displayName.ts'
import { squashFolded } from './squashKey.ts'

/** Raw themes that become one custom tag: they differ by case, accents, separators and plurals only. */
export interface CustomGroup {
  /** The key that its members share. */
  id: string
  name: string
  songs: number
}

interface Members {
  /** Songs by spelling; those that only occur as a part of a compound count for nothing. */
  spellings: Map<string, number>
  parts: Set<string>
}

/** Collects spellings first, names the groups afterwards: a name depends on all of them, never on their order. */
export class CustomGroups {
  readonly #members = new Map<string, Members>()
  readonly #named = new Map<string, CustomGroup>()

  add(folded: string, { name, songs }: Spelling): void {
    const { spellings } = this.#of(folded)
    spellings.set(name, (spellings.get(name) ?? 0) + songs)
  }

  /** Adds a name that is written only inside a compound: it names a group only when nothing stands alone there. */
  addPart(folded: string, name: string): void {
    this.#of(folded).parts.add(name)
  }

  /** Whether somebody wrote this as a theme of its own. */
  standsAlone(folded: string): boolean {
    return (this.#members.get(squashFolded(folded))?.spellings.size ?? 0) > 0
  }

  /** Every spelling of the group that stands alone. */
  spellings(folded: string): Iterable<string> {
    return this.#members.get(squashFolded(folded))?.spellings.keys() ?? []
  }

  get(folded: string): CustomGroup {
    const id = squashFolded(folded)
    const named = this.#named.get(id)
    if (named) return named
    const { spellings, parts } = this.#of(folded)
    const alone = [...spellings].map(([name, songs]) => ({ name, songs }))
    const group = {
      id,
      name: bestSpelling(alone.length > 0 ? alone : [...parts].map((name) => ({ name, songs: 0 }))),
      songs: alone.reduce((sum, { songs }) => sum + songs, 0),
    }
    this.#named.set(id, group)
    return group
  }

  #of(folded: string): Members {
    const id = squashFolded(folded)
    const members = this.#members.get(id) ?? {
      spellings: new Map<string, number>(),
      parts: new Set<string>(),
    }
    this.#members.set(id, members)
    return members
  }
}
