import type { Enums, Tables } from '../../lib/database.types.ts'

export type TagCategory = Enums<'tag_category'>

/** As much of a tag as is needed to show and to link it. */
export type Tag = Pick<Tables<'tags'>, 'id' | 'name' | 'normalized_name' | 'category'>

/** A tag that somebody chose for a song. One that is still to be made has no id: its name will find or make it. */
export type ChosenTag = { id: string | null; name: string; category: TagCategory }
