import { TextField } from '../../../../../components/TextField.tsx'
import type { RollbackForm } from '../../../migration/rollbackForm.ts'
import styles from './MigrationDialog.module.css'

type Props = { form: RollbackForm; onChange: (form: RollbackForm) => void }

export function RollbackFormFields({ form, onChange }: Props) {
  const kept = form.to !== null && 'batch' in form.to ? String(form.to.batch) : ''
  return (
    <>
      <fieldset className={styles.choices}>
        <legend>What comes back</legend>
        <label className={styles.choice}>
          <input
            type="radio"
            name="rollback-form"
            checked={!form.exact}
            onChange={() => onChange({ ...form, exact: false })}
          />
          Themes stay as they are now; the links that the run made go
        </label>
        <label className={styles.choice}>
          <input
            type="radio"
            name="rollback-form"
            checked={form.exact}
            onChange={() => onChange({ ...form, exact: true })}
          />
          Exactly as before the run: themes and links, whatever people did since
        </label>
      </fieldset>
      <div className={styles.field}>
        <TextField
          label="Keep batches up to"
          inputMode="numeric"
          placeholder="none"
          autoComplete="off"
          value={kept}
          onChange={({ target }) => {
            const digits = target.value.replaceAll(/\D/g, '').slice(0, 15)
            onChange({ ...form, to: digits === '' ? null : { batch: Number(digits) } })
          }}
        />
      </div>
    </>
  )
}
