import { Button } from '../../../../../../components/Button.tsx'
import { countOf } from '../../../../../../lib/numbers.ts'
import type { ListedRun } from '../../../../migration/listRuns.ts'
import { statusName, timeOf } from '../runWords.ts'
import { useWorkerName } from '../useWorkerName.ts'
import styles from './PastRun.module.css'

type Props = { run: ListedRun; busy: boolean; onExport: () => void; onRollBack: () => void }

/** When it was, what became of it, how much it did, who did it; and its certificate. */
export function PastRun({ run, busy, onExport, onRollBack }: Props) {
  const nameOf = useWorkerName()
  const began = timeOf(run.startedAt, new Date())
  const canRollBack = run.status !== 'rolled_back' && run.songs > 0 && run.prunedAt === null
  return (
    <li className={styles.run}>
      <h3 className={styles.title}>
        {statusName(run.status)} <span className={styles.when}>began {began}</span>
      </h3>
      <p className={styles.facts}>
        {countOf(run.songs, 'song')} · {countOf(run.batches, 'batch', 'batches')} ·{' '}
        {countOf(run.linksCreated, 'link')} · {countOf(run.tagsCreated, 'tag')} made
        {run.quarantined > 0 && ` · ${countOf(run.quarantined, 'song')} in quarantine`} · last by{' '}
        {nameOf(run.worker) || 'somebody'}
      </p>
      <p className={styles.code}>run {run.id}</p>
      {run.certificate !== null && <p className={styles.code}>certificate {run.certificate}</p>}
      {run.failure !== null && <p className={styles.failure}>{run.failure.message}</p>}
      <div className={styles.actions}>
        <Button busy={busy} onClick={onExport}>
          Export plan<span className="visually-hidden"> of the run that began {began}</span>
        </Button>
        {canRollBack && (
          <Button busy={busy} onClick={onRollBack}>
            Roll back…<span className="visually-hidden"> the run that began {began}</span>
          </Button>
        )}
      </div>
    </li>
  )
}
