/** What one person has been told of her own edits: for each song and tag, whether the link is there. */
export class EditLog {
  readonly #known = new Map<string, boolean>()

  /** @returns whether this log's last word is that the link is there */
  has(song: string, tag: string): boolean {
    return this.#known.get(keyOf(song, tag)) ?? false
  }

  /** To be called when the server has said so, and not before. */
  write(song: string, tag: string, isLinked: boolean): void {
    this.#known.set(keyOf(song, tag), isLinked)
  }

  /** Nobody knows whether an edit that was not answered was made; nothing is expected of it any more. */
  forget(song: string, tag: string): void {
    this.#known.delete(keyOf(song, tag))
  }

  get size(): number {
    return this.#known.size
  }

  /** @param links what the database has, as `keyOf` names it @returns the edits that are not there, or were undone */
  lost(links: ReadonlySet<string>): string[] {
    return [...this.#known].flatMap(([key, isLinked]) => (links.has(key) === isLinked ? [] : key))
  }
}

/** `SONG TAG`, by their ids. */
export function keyOf(song: string, tag: string): string {
  return `${song} ${tag}`
}
