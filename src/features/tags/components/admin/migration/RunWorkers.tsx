import { countOf, duration } from '../../../../../lib/numbers.ts'
import type { RunStatus, WorkerStatus } from '../../../migration/runStatus.ts'
import styles from './RunWorkers.module.css'
import { timeOf } from './runWords.ts'
import { useWorkerName } from './useWorkerName.ts'

/** Who works on the run in this session, and what each of them waits for. */
export function RunWorkers({ status }: { status: RunStatus }) {
  const { workers } = status
  const nameOf = useWorkerName()
  return (
    <section aria-labelledby="run-workers" className={styles.workers}>
      <h3 id="run-workers" className={styles.heading}>
        Workers
      </h3>
      {workers.length === 0 ? (
        <p className={styles.quiet}>Nobody has worked on it in this session.</p>
      ) : (
        <ul className="plain-list">
          {workers.map((worker) => (
            <li key={worker.name} className={styles.worker}>
              <span className={styles.name}>{nameOf(worker.name)}</span>
              <span className={styles.quiet}>
                {lifeOf(status, worker)} · {countOf(worker.songs, 'song')} in{' '}
                {countOf(worker.batches, 'batch', 'batches')} · {countOf(worker.retries, 'retry', 'retries')}
              </span>
              {worker.waitingFor !== null && <span className={styles.waits}>{worker.waitingFor}</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function lifeOf({ now }: RunStatus, { leftAt, seenAt }: WorkerStatus): string {
  if (leftAt !== null) return `left ${timeOf(leftAt, now)}`
  return `seen ${duration(Math.max(0, now.getTime() - seenAt.getTime()))} ago`
}
