import type { RunStatus } from '../../../migration/runStatus.ts'
import styles from './RunEvents.module.css'
import { statusName, timeOf } from './runWords.ts'
import { useWorkerName } from './useWorkerName.ts'

/** Shown at once; the others on demand. */
const LATEST = 6

/** What the run became, when, why and by whom, the latest first. */
export function RunEvents({ events, now }: Pick<RunStatus, 'events' | 'now'>) {
  const latestFirst = events.toReversed()
  const rest = latestFirst.slice(LATEST)
  return (
    <section aria-labelledby="run-events" className={styles.events}>
      <h3 id="run-events" className={styles.heading}>
        Events
      </h3>
      <EventList events={latestFirst.slice(0, LATEST)} now={now} />
      {rest.length > 0 && (
        <details>
          <summary className={styles.more}>Earlier ones</summary>
          <EventList events={rest} now={now} />
        </details>
      )}
    </section>
  )
}

function EventList({ events, now }: Pick<RunStatus, 'events' | 'now'>) {
  const nameOf = useWorkerName()
  return (
    <ol className="plain-list">
      {events.map((event) => (
        <li key={event.at.getTime()} className={styles.event}>
          <time dateTime={event.at.toISOString()} className={styles.time}>
            {timeOf(event.at, now)}
          </time>
          <span>
            {statusName(event.to)}
            <span className={styles.why}>
              {event.reason} · {nameOf(event.worker) || 'somebody'}
            </span>
          </span>
        </li>
      ))}
    </ol>
  )
}
