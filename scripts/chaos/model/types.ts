/** As Postgres holds `songs.themes`. */
export type Themes = readonly (string | null)[] | null

/** What each theme means, known by construction: nothing here is found out by folding or guessing. */
export interface Vocabulary {
  /** Raw theme → names of the tags that the run's plan gives it; none for blank and too long ones. */
  planned: ReadonlyMap<string, readonly string[]>
  /** Raw themes that no plan knows → the name of the one tag each leads to; null for none. */
  late: ReadonlyMap<string, string | null>
  /** Names of the tags that are there before any run. */
  standing: readonly string[]
}

/** What a writer did, as it was committed. Tags go by a name that they had just then. */
export type Edit =
  | { kind: 'insert'; song: string; themes: Themes }
  | { kind: 'write-themes'; song: string; themes: Themes }
  | { kind: 'tag'; song: string; tags: readonly string[] }
  | { kind: 'untag'; song: string; tags: readonly string[] }
  | { kind: 'delete'; song: string }
  | { kind: 'rename'; tag: string; name: string }
  | { kind: 'merge'; from: string; into: string }
  | { kind: 'unmerge'; tag: string }
  | { kind: 'ban'; tag: string; isBanned: boolean }

/** One line of the writers' log, in the order in which the songs' row locks were held. */
export interface LoggedEdit {
  edit: Edit
  /** Whether the song had been migrated when the edit held its row. */
  isSynced: boolean
  /** Whether it was a part of the way back, which changes what an edit of an unsynced song does. */
  isBack: boolean
  /** Of an edit of a tag: the songs that had been migrated when it was made. */
  inStep: readonly string[]
}

export interface ModelTag {
  /** Its first name, lower-cased. */
  id: string
  name: string
  mergedInto: string | null
  isBanned: boolean
}

/** What is known of a song that is in step: the tags of each position, and those of no position. */
export interface ModelState {
  yields: readonly (readonly string[])[]
  extra: ReadonlySet<string>
}

export interface ModelSong {
  id: string
  themes: Themes
  /** Tags that it has while it is not in step. */
  links: ReadonlySet<string>
  state: ModelState | null
  isBorn: boolean
  /** What the batch found and made, by their own names under merges; null before it came and for born songs. */
  before: { themes: Themes; tags: ReadonlySet<string>; linked: ReadonlySet<string> } | null
}
