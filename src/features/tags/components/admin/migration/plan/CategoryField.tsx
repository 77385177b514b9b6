import { SelectField } from '../../../../../../components/SelectField.tsx'
import { categoryLabel } from '../../../../categoryLabel.ts'
import type { PlanEntry } from '../../../../migration/types.ts'
import { isTagCategory, tagCategories } from '../../../../tagCategories.ts'
import type { TagCategory } from '../../../../types.ts'
import styles from './CategoryField.module.css'

type Props = {
  category: PlanEntry['category']
  onChange: (category: TagCategory) => void
}

/** The category of a tag that the run makes; one that is there keeps its own. */
export function CategoryField({ category, onChange }: Props) {
  return (
    <div className={styles.field} id="plan-category">
      <SelectField
        label="Category of a new tag"
        value={category ?? 'theme'}
        onChange={({ target }) => isTagCategory(target.value) && onChange(target.value)}
      >
        {tagCategories.map((one) => (
          <option key={one} value={one}>
            {categoryLabel(one)}
          </option>
        ))}
      </SelectField>
    </div>
  )
}
