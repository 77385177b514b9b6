import { SelectField } from '../../../../../../components/SelectField.tsx'
import { TextField } from '../../../../../../components/TextField.tsx'
import { count } from '../../../../../../lib/numbers.ts'
import { DISPOSITIONS } from '../../../../migration/dispositions.ts'
import styles from './PlanFilterBar.module.css'
import type { PlanFilter, PlanGroup, PlanOrder } from './planRows.ts'

type Props = {
  filter: PlanFilter
  onChange: (filter: PlanFilter) => void
  toReview: number
  decided: number
}

const ORDERS: { order: PlanOrder; label: string }[] = [
  { order: 'review', label: 'What needs review first' },
  { order: 'songs', label: 'Most songs first' },
  { order: 'confidence', label: 'Least certain first' },
  { order: 'file', label: 'As in the plan file' },
]

/** What is listed, and in which order. */
export function PlanFilterBar({ filter, onChange, toReview, decided }: Props) {
  return (
    <search className={styles.bar}>
      <TextField
        label="Find a theme or tag"
        type="search"
        value={filter.text}
        onChange={({ target }) => onChange({ ...filter, text: target.value })}
      />
      <SelectField
        label="Show"
        value={filter.group}
        onChange={({ target }) => onChange({ ...filter, group: target.value as PlanGroup })}
      >
        <option value="all">All themes</option>
        <option value="review">To review ({count(toReview)})</option>
        <option value="decided">Decided by you ({count(decided)})</option>
        {DISPOSITIONS.map(({ disposition, title }) => (
          <option key={disposition} value={disposition}>
            {title}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Order"
        value={filter.order}
        onChange={({ target }) => onChange({ ...filter, order: target.value as PlanOrder })}
      >
        {ORDERS.map(({ order, label }) => (
          <option key={order} value={order}>
            {label}
          </option>
        ))}
      </SelectField>
    </search>
  )
}
