import { count, countOf } from '../../../../../lib/numbers.ts'
import { PACE } from '../../../migration/batchSizer.ts'
import type { RunStatus } from '../../../migration/runStatus.ts'
import { BatchBars } from './BatchBars.tsx'
import styles from './BatchChart.module.css'
import { timeOf } from './runWords.ts'

type Props = Pick<RunStatus, 'batchSizes' | 'profile' | 'now'>

/** How batches grew and shrank, and how near they came to the time that a batch should take: means over stretches of time. */
export function BatchChart({ batchSizes, profile, now }: Props) {
  const last = batchSizes.at(-1)
  const most = Math.max(0, ...batchSizes.map(({ songs }) => songs))
  const pace = PACE[profile ?? 'auto']
  return (
    <div className={styles.chart}>
      <figure className={styles.figure}>
        <figcaption className={styles.caption}>
          Batch size over time
          <span className={styles.labels}>
            {last === undefined
              ? 'no batch yet'
              : `largest ${count(most)}, lately ${countOf(last.songs, 'song')}`}
          </span>
        </figcaption>
        <BatchBars values={batchSizes.map(({ songs }) => songs)} />
      </figure>
      <figure className={styles.figure}>
        <figcaption className={styles.caption}>
          Time a batch
          <span className={styles.labels}>
            {last !== undefined && `lately ${count(last.durationMs)} ms, `}
            <span className={styles.line} aria-hidden="true" /> target {count(pace.batchMs)} ms
            {pace.busyStepMs < pace.batchMs && `, ${count(pace.busyStepMs)} ms when somebody waits`}
          </span>
        </figcaption>
        <BatchBars values={batchSizes.map(({ durationMs }) => durationMs)} target={pace.batchMs} />
      </figure>
      {batchSizes.length > 0 && (
        <details className={styles.details}>
          <summary>Batches as a table</summary>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Until</th>
                <th scope="col">Songs</th>
                <th scope="col">Took</th>
              </tr>
            </thead>
            <tbody>
              {batchSizes.map(({ until, songs, durationMs }) => (
                <tr key={until.getTime()}>
                  <td>{timeOf(until, now)}</td>
                  <td>{count(songs)}</td>
                  <td>{count(durationMs)} ms</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </div>
  )
}
