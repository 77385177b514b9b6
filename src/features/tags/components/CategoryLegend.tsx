import { categoryLabel } from '../categoryLabel.ts'
import type { TagCategory } from '../types.ts'
import styles from './CategoryLegend.module.css'
import { CategoryShape } from './CategoryShape.tsx'

const categories: readonly TagCategory[] = ['theme', 'occasion', 'liturgical', 'mood']

/** What the shapes on the chips mean. Chips say it to screen readers themselves. */
export function CategoryLegend() {
  return (
    <p className={styles.legend} aria-hidden="true">
      {categories.map((category) => (
        <span key={category} className={styles.entry}>
          <CategoryShape category={category} />
          {categoryLabel(category)}
        </span>
      ))}
    </p>
  )
}
