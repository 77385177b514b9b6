import { SearchField } from '../../../../../components/SearchField.tsx'
import { SelectField } from '../../../../../components/SelectField.tsx'
import { categoryLabel } from '../../../categoryLabel.ts'
import { useTagCounts } from '../../../queries/admin/tagCounts.ts'
import { tagKinds } from '../../../services/adminTag.ts'
import type { TagFilter } from '../../../services/tagAdminService.ts'
import { isTagCategory, tagCategories } from '../../../tagCategories.ts'
import styles from './TagListFilter.module.css'
import { tagKindLabel } from './tagKindLabel.ts'

type Props = {
  filter: TagFilter
  onSearch: (query: string) => void
  onChange: (part: Partial<TagFilter>) => void
}

const numbers = new Intl.NumberFormat('en')

export function TagListFilter({ filter, onSearch, onChange }: Props) {
  const counts = useTagCounts(filter)
  return (
    <div className={styles.filter}>
      <div className={styles.search}>
        <SearchField label="Find a tag by a name or synonym" value={filter.query} onSearch={onSearch} />
      </div>
      <SelectField
        label="Which"
        value={filter.kind}
        onChange={({ target }) => onChange({ kind: tagKinds.find((kind) => kind === target.value) ?? 'all' })}
      >
        {tagKinds.map((kind) => (
          <option key={kind} value={kind}>
            {tagKindLabel(kind)}
            {counts.data && ` (${numbers.format(counts.data[kind])})`}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Category"
        value={filter.category ?? ''}
        onChange={({ target }) => onChange({ category: isTagCategory(target.value) ? target.value : null })}
      >
        <option value="">Every category</option>
        {tagCategories.map((category) => (
          <option key={category} value={category}>
            {categoryLabel(category)}
          </option>
        ))}
      </SelectField>
    </div>
  )
}
