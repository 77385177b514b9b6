import { count, countOf } from '../../../../../lib/numbers.ts'
import type { RunStatus } from '../../../migration/runStatus.ts'
import styles from './BatchChart.module.css'
import { timeOf } from './runWords.ts'

const WIDTH = 240
const HEIGHT = 56
const SLOTS = 24

/** How batches grew and shrank: means over stretches of time, the latest on the right. The numbers are in the table under it. */
export function BatchChart({ batchSizes, now }: Pick<RunStatus, 'batchSizes' | 'now'>) {
  const most = Math.max(1, ...batchSizes.map(({ songs }) => songs))
  const last = batchSizes.at(-1)
  const slot = WIDTH / SLOTS
  return (
    <figure className={styles.chart}>
      <figcaption className={styles.caption}>
        Batch size over time
        <span className={styles.labels}>
          {last === undefined
            ? 'no batch yet'
            : `largest ${count(most)}, lately ${countOf(last.songs, 'song')} in ${count(last.durationMs)} ms`}
        </span>
      </figcaption>
      <svg
        className={styles.bars}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {batchSizes.map(({ until, songs }, place) => {
          const height = Math.max(1, (songs / most) * HEIGHT)
          return (
            <rect
              key={until.getTime()}
              x={place * slot}
              y={HEIGHT - height}
              width={slot - 2}
              height={height}
            />
          )
        })}
      </svg>
      {batchSizes.length > 0 && (
        <details className={styles.details}>
          <summary>Batch sizes as a table</summary>
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
    </figure>
  )
}
