/** Which songs a list shows. */
export type SongFilter = {
  /** Text somewhere in the title; empty for every title. */
  title: string
  /** Only songs with this tag. */
  tagId: string | null
}

/** Where a page of songs begins: right behind this one. */
export type SongPlace = { title: string; id: string }
