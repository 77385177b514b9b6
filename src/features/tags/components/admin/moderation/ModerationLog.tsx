import { Link } from 'react-router'
import { Button } from '../../../../../components/Button.tsx'
import { ButtonLink } from '../../../../../components/ButtonLink.tsx'
import { Notice } from '../../../../../components/Notice.tsx'
import { ReadFailure } from '../../../../../components/ReadFailure.tsx'
import { moderationProblem } from '../../../moderationProblem.ts'
import { useModerationLog } from '../../../queries/admin/moderationLog.ts'
import { useUndoModeration } from '../../../queries/admin/useUndoModeration.ts'
import { byDay } from './byDay.ts'
import { deedWords } from './deedWords.ts'
import { LogDay } from './LogDay.tsx'
import { LogFilter } from './LogFilter.tsx'
import { LogSkeleton } from './LogSkeleton.tsx'
import styles from './ModerationLog.module.css'
import { useLogFilter } from './useLogFilter.ts'

/** What moderators did, with a way to take it back, and which of the other states the log is in. */
export function ModerationLog() {
  const [choice, setChoice, filter] = useLogFilter()
  const log = useModerationLog(filter)
  const undo = useUndoModeration()
  const isFiltered = filter.tagId !== null || Object.values(choice).some((value) => value !== '')

  return (
    <div className={styles.log}>
      {filter.tagId !== null && (
        <p>
          Only what was done to one tag. <Link to="/admin/log">Show what was done to all</Link>
        </p>
      )}
      <LogFilter choice={choice} onChange={setChoice} />
      <p role="status" className={styles.news}>
        {undo.isPending && 'Undoing…'}
        {undo.isSuccess && `Undone: ${deedWords(undo.variables)}`}
      </p>
      <div role="alert">
        {undo.isError && (
          <Notice tone="problem" title="It was not undone" text={moderationProblem(undo.error)} />
        )}
      </div>
      {log.isPending && log.fetchStatus !== 'paused' && <LogSkeleton />}
      {log.isPending && log.fetchStatus === 'paused' && (
        <Notice
          tone="offline"
          title="You are offline"
          text="The log appears by itself as soon as there is a connection."
        />
      )}
      {log.isError && !log.data && (
        <ReadFailure
          title="The log could not be read"
          text="The server did not answer as it should. Nothing is lost; try again, or wait a minute and then try again."
          query={log}
        />
      )}
      {log.data?.length === 0 && (
        <Notice
          tone="plain"
          title={isFiltered ? 'No entry fits' : 'Nothing was done yet'}
          text={
            isFiltered
              ? 'Choose other days, another person or another action.'
              : 'Whatever is done to tags here or through the API is kept in this place.'
          }
        >
          {isFiltered && <ButtonLink to="/admin/log">Show all entries</ButtonLink>}
        </Notice>
      )}
      {byDay(log.data ?? []).map(({ day, entries }) => (
        <LogDay
          key={day}
          day={day}
          entries={entries}
          undoing={undo.isPending ? undo.variables.id : null}
          onUndo={(entry) => undo.mutate(entry)}
        />
      ))}
      {log.hasNextPage && (
        <div className={styles.more}>
          <Button busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {log.isFetchNextPageError ? 'Try again' : 'Show earlier entries'}
          </Button>
        </div>
      )}
    </div>
  )
}
