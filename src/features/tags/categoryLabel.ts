import type { TagCategory } from './types.ts'

const labels: Record<TagCategory, string> = {
  theme: 'Theme',
  occasion: 'Occasion',
  liturgical: 'Liturgical',
  mood: 'Mood',
}

/** As people read it: “Liturgical”. */
export function categoryLabel(category: TagCategory): string {
  return labels[category]
}
