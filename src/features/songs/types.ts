import type { ChosenTag } from '../tags/index.ts'

/** What a person writes of a song, beside its tags. */
export type SongFields = { title: string; artist: string | null; lyrics: string | null }

/** What an edit may change; what is left out stays. `themes` as an old client writes them. */
export type SongChanges = Partial<SongFields> & {
  themes?: (string | null)[] | null
}

/** One step of tagging a song. `version` is the song's as it was seen. */
export type TagEdit = { kind: 'add' | 'remove'; tags: readonly ChosenTag[]; version: number }
