import { CategoryShape, categoryLabel, type TagCategory } from '../../tags/index.ts'
import type { Facets } from '../services/searchService.ts'
import { FilterOption } from './FilterOption.tsx'
import styles from './Filters.module.css'

const categories: readonly TagCategory[] = ['theme', 'occasion', 'liturgical', 'mood']

type Props = {
  /** Null while they are not known. */
  counts: Facets['categories'] | null
  chosen: readonly TagCategory[]
  onToggle: (category: TagCategory) => void
}

/** Songs with a tag of any of these; and what the shapes on the tags mean. */
export function CategoryFilter({ counts, chosen, onToggle }: Props) {
  return (
    <fieldset className={styles.section}>
      <legend className={styles.legend}>Kind of tag</legend>
      {categories.map((category) => (
        <FilterOption
          key={category}
          name={categoryLabel(category)}
          mark={<CategoryShape category={category} />}
          pressed={chosen.includes(category)}
          count={counts && (counts.find((one) => one.category === category)?.count ?? 0)}
          onPress={() => onToggle(category)}
        />
      ))}
    </fieldset>
  )
}
