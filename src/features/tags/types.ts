import type { Enums, Tables } from '../../lib/database.types.ts'

export type TagCategory = Enums<'tag_category'>

/** As much of a tag as is needed to show and to link it. */
export type Tag = Pick<Tables<'tags'>, 'id' | 'name' | 'normalized_name' | 'category'>
