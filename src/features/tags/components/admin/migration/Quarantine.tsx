import { Link } from 'react-router'
import { Button } from '../../../../../components/Button.tsx'
import { countOf } from '../../../../../lib/numbers.ts'
import type { Run } from '../../../migration/migrationDatabase.ts'
import { useFunctionServed } from '../../../queries/migration/functionServed.ts'
import { type QuarantinedSong, useQuarantined } from '../../../queries/migration/quarantined.ts'
import { useRelease } from '../../../queries/migration/useRelease.ts'
import type { useWork } from '../../../queries/migration/useWork.ts'
import { Command } from './Command.tsx'
import { FailureNotice } from './FailureNotice.tsx'
import styles from './Quarantine.module.css'

type Props = { run: Run; work: ReturnType<typeof useWork> }

const STANDS_STILL: ReadonlySet<Run['status']> = new Set(['paused', 'failed'])
const IS_AT_WORK: ReadonlySet<Run['status']> = new Set(['running', 'validating'])
const HAS_ENDED: ReadonlySet<Run['status']> = new Set(['complete', 'cancelled'])

/** Songs that could not be migrated, each with its reason; their themes are untouched. */
export function Quarantine({ run, work }: Props) {
  const songs = useQuarantined(run)
  const release = useRelease()
  const { data: served } = useFunctionServed()
  const isStill = STANDS_STILL.has(run.status)
  const isAtWork = IS_AT_WORK.has(run.status)
  const canRetry = isStill || ((isAtWork || HAS_ENDED.has(run.status)) && served === true)
  // What this page has done is done by the same pause.
  const isBusy = release.isPending || (work.isPending && !isAtWork)
  const retry = (songId: string | null) => {
    if (isStill || isAtWork) {
      // Not in its own callbacks: with the last song this list is gone, and they would not be called.
      void release.mutateAsync({ runId: run.id, songId, isAtWork }).then(
        () => served === true && work.mutate({ action: 'advance', resume: true }),
        () => undefined,
      )
    } else work.mutate({ action: 'advance', start: true, ...(songId === null ? {} : { song: songId }) })
  }
  return (
    <section aria-labelledby="quarantine" className={styles.quarantine}>
      <h2 id="quarantine" className={styles.heading}>
        {countOf(run.quarantined, 'song')} in quarantine
      </h2>
      <p className={styles.about}>
        Their themes are untouched, and they have no tags yet. {wayOut(run, served)}
      </p>
      {release.isError && <FailureNotice title="It could not be tried again" error={release.error} />}
      {songs.isError && <FailureNotice title="The songs could not be read" error={songs.error} />}
      {canRetry && (
        <div className={styles.actions}>
          <Button busy={isBusy} onClick={() => retry(null)}>
            Retry all
          </Button>
        </div>
      )}
      {HAS_ENDED.has(run.status) && served === false && (
        <Command label="Try them again with" command="npm run migrate" />
      )}
      <ul className="plain-list">
        {songs.data?.map((song) => (
          <QuarantinedRow
            key={song.songId}
            song={song}
            onRetry={canRetry && !isBusy ? () => retry(song.songId) : null}
          />
        ))}
      </ul>
    </section>
  )
}

function wayOut({ status }: Run, isServed = false): string {
  if (STANDS_STILL.has(status)) return 'Tried again, they are part of this run when it goes on.'
  if (HAS_ENDED.has(status)) return 'Mend them first; a new run tries them again.'
  return IS_AT_WORK.has(status) && isServed
    ? 'To try them again the run stands still for a moment.'
    : 'They can be tried again when the run is paused or has ended.'
}

function QuarantinedRow({ song, onRetry }: { song: QuarantinedSong; onRetry: (() => void) | null }) {
  const title = song.title ?? song.songId
  return (
    <li className={styles.row}>
      <span className={styles.song}>
        <Link to={`/songs/${song.songId}`}>{title}</Link>
        <span className={styles.reason}>
          {song.message} ({song.sqlstate}, {countOf(song.attempts, 'try', 'tries')})
        </span>
      </span>
      {onRetry !== null && (
        <Button onClick={onRetry}>
          Retry<span className="visually-hidden"> {title}</span>
        </Button>
      )}
    </li>
  )
}
