import type { ContractRequirement } from '../../../migration/contractStep.ts'
import styles from './MigrationDialog.module.css'

/** What must hold before the old column may go, and what to do about what does not. */
export function FinalizeChecklist({ requirements }: { requirements: readonly ContractRequirement[] }) {
  const missing = requirements.filter(({ ok }) => !ok).length
  return (
    <section aria-label="What must hold first">
      <p role="status" className={styles.verdict}>
        {missing === 0
          ? 'Nothing is missing.'
          : `Refused: ${missing} of ${requirements.length} still missing. Nothing was changed.`}
      </p>
      <ul className="plain-list">
        {requirements.map(({ name, ok, advice }) => (
          <li key={name} className={styles.requirement}>
            <span className={`${styles.mark} ${ok ? '' : styles.missing}`}>
              <span aria-hidden="true">{ok ? '✔' : '✘'}</span>
              <span className="visually-hidden">{ok ? 'Holds:' : 'Missing:'}</span>
            </span>
            <span>
              {name}
              {!ok && <span className={styles.advice}>{advice}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
