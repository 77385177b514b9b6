import { count, countOf, roughly } from '../../../../../lib/numbers.ts'
import { conflictText } from '../../../migration/conflictText.ts'
import type { RollbackConflict, RollbackPlan } from '../../../migration/types.ts'
import styles from './MigrationDialog.module.css'

/** Conflicts that are listed at once, and on demand; the others are counted. */
const LISTED = 8
const MOST_LISTED = 500

/** What a rollback would take back, and what of people's work it touches. Nothing of it has happened. */
export function RollbackDryRun({ plan }: { plan: RollbackPlan }) {
  return (
    <>
      <p className={styles.quiet}>Nothing was changed. This is what it would do:</p>
      <dl className={styles.facts}>
        <dt>Songs</dt>
        <dd>{countOf(plan.songs, 'song')}</dd>
        <dt>To remove</dt>
        <dd>
          {countOf(plan.linksToRemove, 'link')} and {countOf(plan.tagsToRemove, 'tag')}
        </dd>
        <dt>Takes</dt>
        <dd>about {roughly(plan.estimatedDuration)}, an estimate</dd>
        <dt>Themes</dt>
        <dd>{plan.exact ? 'as they were before the run' : 'stay as they are now'}</dd>
      </dl>
      {plan.conflicts.length > 0 && <Conflicts conflicts={plan.conflicts} />}
    </>
  )
}

function Conflicts({ conflicts }: { conflicts: readonly RollbackConflict[] }) {
  const more = conflicts.slice(LISTED, MOST_LISTED)
  const rest = conflicts.length - LISTED - more.length
  return (
    <section aria-label="What people did since">
      <p>{countOf(conflicts.length, 'conflict')} with what people did since:</p>
      <ConflictList conflicts={conflicts.slice(0, LISTED)} />
      {more.length > 0 && (
        <details>
          <summary className={styles.more}>and {count(more.length + Math.max(0, rest))} more</summary>
          <ConflictList conflicts={more} />
          {rest > 0 && <p className={styles.quiet}>and {count(rest)} more</p>}
        </details>
      )}
    </section>
  )
}

function ConflictList({ conflicts }: { conflicts: readonly RollbackConflict[] }) {
  return (
    <ul className={`plain-list ${styles.list}`}>
      {conflicts.map((conflict) => (
        <li key={JSON.stringify(conflict)}>{conflictText(conflict)}</li>
      ))}
    </ul>
  )
}
