import { count, countOf, duration } from '../../../../../lib/numbers.ts'
import type { MetricsDashboard } from '../../../monitoring/dashboardSchema.ts'
import { statusName, timeOf } from '../migration/runWords.ts'
import styles from './LastRun.module.css'
import { Panel } from './Panel.tsx'

/** The migration run that did not end, or the latest one. */
export function LastRun({ run }: Pick<MetricsDashboard, 'run'>) {
  if (run === null) {
    return (
      <Panel title="Last migration run">
        <p className={styles.about}>No migration was started yet.</p>
      </Panel>
    )
  }
  const {
    status,
    songs,
    totalSongs,
    batches,
    quarantined,
    tagsCreated,
    linksCreated,
    startedAt,
    finishedAt,
  } = run
  const took = finishedAt === null ? null : finishedAt.getTime() - startedAt.getTime()
  return (
    <Panel title="Last migration run">
      <p>
        {statusName(status)}: {count(songs)} of {countOf(Math.max(totalSongs, songs), 'song')} in{' '}
        {countOf(batches, 'batch', 'batches')}, {countOf(tagsCreated, 'tag')} made,{' '}
        {countOf(linksCreated, 'link')}, {count(quarantined)} in quarantine.
      </p>
      <p className={styles.about}>
        Began {timeOf(startedAt, new Date())}
        {took !== null && `, took ${duration(took)}`} · run <span className={styles.id}>{run.id}</span>
      </p>
    </Panel>
  )
}
