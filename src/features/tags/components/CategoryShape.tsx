import type { TagCategory } from '../types.ts'
import styles from './CategoryShape.module.css'

const shapes: Record<TagCategory, string> = {
  theme: 'M5 .5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Z',
  occasion: 'M1 1h8v8H1Z',
  liturgical: 'M3.6 0h2.8v3h3v2.8h-3V10H3.6V5.8h-3V3h3Z',
  mood: 'M5 .5 9.8 9.2H.2Z',
}

/** Circle, square, cross, triangle: the category for eyes that do not tell the four hues apart. */
export function CategoryShape({ category }: { category: TagCategory }) {
  return (
    <svg className={`${styles.shape} ${styles[category]}`} viewBox="0 0 10 10" aria-hidden="true">
      <path d={shapes[category]} />
    </svg>
  )
}
