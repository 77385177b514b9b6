import { SelectField } from '../../../../../../components/SelectField.tsx'
import type { PlanEntry } from '../../../../migration/types.ts'
import styles from './CategoryField.module.css'

const CATEGORIES = ['theme', 'occasion', 'liturgical', 'mood'] as const

type Props = {
  category: PlanEntry['category']
  onChange: (category: PlanEntry['category']) => void
}

/** The category of a tag that the run makes; one that is there keeps its own. */
export function CategoryField({ category, onChange }: Props) {
  return (
    <div className={styles.field} id="plan-category">
      <SelectField
        label="Category of a new tag"
        value={category ?? 'theme'}
        onChange={({ target }) => onChange(CATEGORIES.find((one) => one === target.value) ?? null)}
      >
        {CATEGORIES.map((one) => (
          <option key={one} value={one}>
            {one[0]?.toUpperCase() + one.slice(1)}
          </option>
        ))}
      </SelectField>
    </div>
  )
}
