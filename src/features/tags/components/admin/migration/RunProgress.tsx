import { count, countOf, roughly } from '../../../../../lib/numbers.ts'
import type { Run } from '../../../migration/migrationDatabase.ts'
import type { RunStatus } from '../../../migration/runStatus.ts'
import { songsOf, timeLeftMs } from '../../../migration/statusFacts.ts'
import styles from './RunProgress.module.css'

/** How far it is, how fast, and how long it takes; while songs are taken back, how many of them are. */
export function RunProgress({ status }: { status: RunStatus & { run: Run } }) {
  const { done, total } = songsOf(status)
  const left = timeLeftMs(status)
  const share = total === 0 ? 100 : Math.floor((done / total) * 100)
  const isBack = status.run.status === 'rolling_back' || status.run.status === 'rolled_back'
  return (
    <div className={styles.progress}>
      <progress
        className={styles.bar}
        aria-label={isBack ? 'Songs taken back' : 'Songs migrated'}
        value={total === 0 ? 1 : done}
        max={total === 0 ? 1 : total}
      />
      <p className={styles.facts}>
        <span>
          {count(done)} of {countOf(total, 'song')} ({share}%)
        </span>
        {left !== null && (
          <>
            <span>{count(status.rate ?? 0)} songs/s</span>
            <span>{roughly(left)} left</span>
          </>
        )}
      </p>
    </div>
  )
}
