import { Constants } from '../../lib/database.types.ts'
import type { TagCategory } from './types.ts'

/** In the order in which they are shown, which is the database's. */
export const tagCategories: readonly TagCategory[] = Constants.public.Enums.tag_category

/** Whether a text, of an address or a field, names one. */
export function isTagCategory(text: string | null): text is TagCategory {
  return tagCategories.some((category) => category === text)
}
