import { SelectField } from '../../../../../components/SelectField.tsx'
import { TextField } from '../../../../../components/TextField.tsx'
import { useModerationActors } from '../../../queries/admin/moderationActors.ts'
import { moderationActions } from '../../../services/moderationEntry.ts'
import styles from './LogFilter.module.css'
import type { LogChoice } from './useLogFilter.ts'

type Props = { choice: LogChoice; onChange: (choice: LogChoice) => void }

export function LogFilter({ choice, onChange }: Props) {
  const actors = useModerationActors()
  const set = (part: Partial<LogChoice>) => onChange({ ...choice, ...part })
  return (
    <search className={styles.filter} aria-label="Which entries">
      <SelectField
        label="Action"
        value={choice.action}
        onChange={(event) => set({ action: event.target.value })}
      >
        <option value="">All</option>
        {Object.entries(moderationActions).map(([action, label]) => (
          <option key={action} value={action}>
            {label}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Person"
        value={choice.actor}
        onChange={(event) => set({ actor: event.target.value })}
      >
        <option value="">Everybody</option>
        {actors.data?.map(({ id, email }) => (
          <option key={id} value={id}>
            {email ?? 'An account that is gone'}
          </option>
        ))}
      </SelectField>
      <TextField
        label="From"
        type="date"
        value={choice.from}
        onChange={(event) => set({ from: event.target.value })}
      />
      <TextField
        label="To"
        type="date"
        value={choice.until}
        onChange={(event) => set({ until: event.target.value })}
      />
    </search>
  )
}
