import type { TagCategory } from './types.ts'

/** In the order in which they are shown. */
export const tagCategories: readonly TagCategory[] = ['theme', 'occasion', 'liturgical', 'mood']

export function isTagCategory(text: string | null): text is TagCategory {
  return tagCategories.some((category) => category === text)
}
