/** Which songs a list shows. */
export type SongFilter = {
  /** Text somewhere in the title; empty for every title. */
  title: string
  /** Only songs with this tag. */
  tagId: string | null
}

/** Where a page of songs begins: right behind this one. */
export type SongPlace = { title: string; id: string }

/** What an edit may change; what is left out stays. `themes` as an old client writes them. */
export type SongChanges = {
  title?: string
  artist?: string | null
  lyrics?: string | null
  themes?: (string | null)[] | null
}
