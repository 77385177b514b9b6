import { SearchField } from '../../../../../components/SearchField.tsx'
import { SelectField } from '../../../../../components/SelectField.tsx'
import { categoryLabel } from '../../../categoryLabel.ts'
import type { TagCounts } from '../../../services/adminTag.ts'
import { tagKinds } from '../../../services/adminTag.ts'
import type { TagFilter } from '../../../services/tagAdminService.ts'
import { isTagCategory, tagCategories } from '../../../tagCategories.ts'
import styles from './TagListFilter.module.css'
import { tagKindLabel } from './tagKindLabel.ts'

type Props = {
  filter: TagFilter
  counts: TagCounts | undefined
  /** Whether the tags that it leaves are on their way. */
  busy: boolean
  onSearch: (query: string) => void
  onChange: (part: Partial<TagFilter>) => void
}

const numbers = new Intl.NumberFormat('en')

export function TagListFilter({ filter, counts, busy, onSearch, onChange }: Props) {
  return (
    <div className={styles.filter}>
      <div className={styles.search}>
        <SearchField
          label="Find a tag by a name or synonym"
          value={filter.query}
          busy={busy}
          onSearch={onSearch}
        />
      </div>
      <SelectField
        label="Which"
        value={filter.kind}
        onChange={({ target }) => onChange({ kind: tagKinds.find((kind) => kind === target.value) ?? 'all' })}
      >
        {tagKinds.map((kind) => (
          <option key={kind} value={kind}>
            {tagKindLabel(kind)}
            {counts && ` (${numbers.format(counts[kind])})`}
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
