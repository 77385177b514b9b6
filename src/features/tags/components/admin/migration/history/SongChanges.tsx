import type { SongHistory, SongRun } from '../../../../migration/songHistory.ts'
import { useSongHistory } from '../../../../queries/migration/songHistory.ts'
import { FailureNotice } from '../FailureNotice.tsx'
import { OfflineNotice } from '../OfflineNotice.tsx'
import { statusName, timeOf } from '../runWords.ts'
import styles from './SongChanges.module.css'
import { TagsThen } from './TagsThen.tsx'
import { ThemesThen } from './ThemesThen.tsx'

/** A song before each run, as that run left it, and now. */
export function SongChanges({ songId }: { songId: string }) {
  const history = useSongHistory(songId)
  if (history.isError) return <FailureNotice title="The song could not be read" error={history.error} />
  if (history.data === undefined && history.fetchStatus === 'paused')
    return <OfflineNotice what="The song appears" />
  if (history.data === undefined) return <p role="status">Reading the journal…</p>
  if (history.data === null) return <p role="status">There is no such song any more.</p>
  const { title, now, runs, quarantined } = history.data
  return (
    <article aria-labelledby="song-changes" className={styles.changes}>
      <h3 id="song-changes" className={styles.title}>
        {title}
      </h3>
      {quarantined && <p className={styles.problem}>In quarantine: {quarantined.message}</p>}
      {runs.length === 0 && (
        <>
          <p>{now.isMigrated ? 'No run has it in its journal.' : 'It is not migrated yet.'}</p>
          <div className={styles.columns}>
            <Now now={now} />
          </div>
        </>
      )}
      {runs.map((run) => (
        <section key={run.id} aria-label={aboutRun(run)} className={styles.run}>
          <p className={styles.about}>{aboutRun(run)}</p>
          <div className={styles.columns}>
            <div>
              <h4>Before</h4>
              {run.isForgotten ? (
                <p>Its before-image was erased.</p>
              ) : (
                <ThemesThen themes={run.before.themes} />
              )}
              <TagsThen tags={run.before.tags} since={null} />
            </div>
            <div>
              <h4>Migrated</h4>
              <TagsThen tags={run.migrated} since={run.before.tags} />
            </div>
            <Now now={now} since={run.migrated} />
          </div>
        </section>
      ))}
    </article>
  )
}

function Now({ now, since = null }: { now: SongHistory['now']; since?: readonly string[] | null }) {
  return (
    <div>
      <h4>Now</h4>
      <ThemesThen themes={now.themes} />
      <TagsThen tags={now.tags} since={since} />
    </div>
  )
}

function aboutRun({ status, at, startedAt, batch, isBorn, rolledBackAt }: SongRun): string {
  const now = new Date()
  const when = timeOf(at ?? startedAt, now)
  const how = isBorn ? `came while the run was on, ${when}` : `batch ${batch}, ${when}`
  const back = rolledBackAt === null ? '' : `, taken back ${timeOf(rolledBackAt, now)}`
  return `Run of ${timeOf(startedAt, now)} (${statusName(status).toLowerCase()}): ${how}${back}`
}
