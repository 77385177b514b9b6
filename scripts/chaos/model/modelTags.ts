import type { ModelTag, Vocabulary } from './types.ts'

/** The tags as they must be: names, synonyms, merges. */
export class ModelTags {
  readonly #tags = new Map<string, ModelTag>()
  /** Every name that a tag has or had, lower-cased → the tag's id. */
  readonly #names = new Map<string, string>()
  readonly #vocabulary: Vocabulary

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary
    for (const name of vocabulary.standing) this.#add(name)
    for (const names of vocabulary.planned.values()) for (const name of names) this.#add(name)
  }

  get all(): readonly ModelTag[] {
    return [...this.#tags.values()]
  }

  /** @throws Error for a name that no tag ever had */
  named(name: string): ModelTag {
    const id = this.#names.get(name.toLowerCase())
    const tag = id === undefined ? undefined : this.#tags.get(id)
    if (tag === undefined) throw new Error(`The model knows no tag ${JSON.stringify(name)}.`)
    return tag
  }

  has(name: string): boolean {
    return this.#names.has(name.toLowerCase())
  }

  nameOf(id: string): string {
    return this.#byId(id).name
  }

  root(id: string): string {
    const { mergedInto } = this.#byId(id)
    return mergedInto === null ? id : this.root(mergedInto)
  }

  roots(ids: Iterable<string>): Set<string> {
    return new Set(Array.from(ids, (id) => this.root(id)))
  }

  /** The tags of a theme that the song itself does not explain. */
  resolve(raw: string | null): string[] {
    if (raw === null) return []
    const planned = this.#vocabulary.planned.get(raw)
    if (planned !== undefined) return [...new Set(planned.map((name) => this.named(name).id))]
    const late = this.#vocabulary.late.get(raw)
    if (late === null) return []
    return [this.ensure(late ?? raw).id]
  }

  /** The tag of this name, made when there is none. */
  ensure(name: string): ModelTag {
    return this.has(name) ? this.named(name) : this.#add(name)
  }

  /** By a name that may be new: a worker makes the tags of a late theme before a batch comes to its songs. */
  rename(name: string, to: string): void {
    const tag = this.ensure(name)
    tag.name = to
    this.#names.set(to.toLowerCase(), tag.id)
  }

  merge(from: string, into: string): void {
    // What was merged into it before stays so: undoing this merge alone must bring that back.
    this.ensure(from).mergedInto = this.root(this.ensure(into).id)
  }

  unmerge(name: string): void {
    this.named(name).mergedInto = null
  }

  ban(name: string, isBanned: boolean): void {
    this.ensure(name).isBanned = isBanned
  }

  #add(name: string): ModelTag {
    const id = name.toLowerCase()
    const known = this.#tags.get(id)
    if (known !== undefined) return known
    const tag: ModelTag = { id, name, mergedInto: null, isBanned: false }
    this.#tags.set(id, tag)
    this.#names.set(id, id)
    return tag
  }

  #byId(id: string): ModelTag {
    const tag = this.#tags.get(id)
    if (tag === undefined) throw new Error(`The model knows no tag with the id ${JSON.stringify(id)}.`)
    return tag
  }
}
