import { count } from '../../../../../lib/numbers.ts'
import type { Run } from '../../../migration/migrationDatabase.ts'
import type { RunStatus } from '../../../migration/runStatus.ts'
import { isLively } from '../../../migration/statusFacts.ts'
import styles from './Readouts.module.css'

/** The run's instruments: each in its place, whether there is something to read or not. */
export function Readouts({ status }: { status: RunStatus & { run: Run } }) {
  const { run, rate, workers, batchSizes, retries } = status
  const lately = batchSizes.at(-1)?.songs
  const isMoving = run.status === 'running' || run.status === 'rolling_back'
  const facts: [label: string, value: string][] = [
    ['Rate', isMoving && rate !== null ? `${count(rate)} songs/s` : '–'],
    ['Batches', count(run.batches)],
    ['Batch lately', lately === undefined ? '–' : `${count(lately)} songs`],
    ['Links', count(run.linksCreated)],
    ['Tags made', count(run.tagsCreated)],
    ['Workers', count(workers.filter((worker) => isLively(status, worker)).length)],
    ['Retries', count(retries)],
    ['In quarantine', count(run.quarantined)],
  ]
  return (
    <dl className={styles.readouts}>
      {facts.map(([label, value]) => (
        <div key={label} className={styles.readout}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
