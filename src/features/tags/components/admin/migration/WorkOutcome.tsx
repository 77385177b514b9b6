import type { Run } from '../../../migration/migrationDatabase.ts'
import { unfinishedRun } from '../../../migration/unfinishedRun.ts'
import type { Work } from '../../../queries/migration/useLastWork.ts'
import type { useStopRun } from '../../../queries/migration/useStopRun.ts'
import type { WorkAnswer } from '../../../services/migrateThemesFunction.ts'
import { Command } from './Command.tsx'
import { FailureNotice } from './FailureNotice.tsx'
import { FinalizeChecklist } from './FinalizeChecklist.tsx'
import { StartElsewhere } from './StartElsewhere.tsx'
import styles from './WorkOutcome.module.css'

type Props = {
  work: Pick<Work, 'data' | 'error' | 'status' | 'variables'> | undefined
  stop?: Pick<ReturnType<typeof useStopRun>, 'error'>
  /** The one it was about, as it is now. */
  run: Pick<Run, 'status'> | null
}

const ALL_MIGRATED = 'Every song is migrated already, or there is none yet.'
const ENDED = 'The run has ended; nothing is left to do in it.'

/** What came of what this page had done; a screen reader hears it. */
export function WorkOutcome({ work, stop, run }: Props) {
  const answer = work?.data
  return (
    <>
      {work?.error && <FailureNotice title="The edge function could not do it" error={work.error} />}
      {stop?.error && <FailureNotice title="The run could not be stopped" error={stop.error} />}
      <p role="status" className={styles.outcome}>
        {work?.status === 'pending' && 'The edge function is at work.'}
        {answer && isSoNow(answer, run) && sentenceOf(answer, run)}
      </p>
      {answer?.outcome === 'too-large' && (
        <Command label="Finalize from a terminal with" command="npm run migrate -- --finalize" />
      )}
      {answer?.outcome === 'not-started' && isSoNow(answer, run) && (
        <StartElsewhere command={work?.variables} />
      )}
      {answer?.outcome === 'not-ready' && answer.requirements && (
        <FinalizeChecklist requirements={answer.requirements} />
      )}
    </>
  )
}

/** Others go on with a run that is paused, and take back what is complete: then it is no news any more. */
function isSoNow({ outcome }: WorkAnswer, run: Props['run']): boolean {
  switch (outcome) {
    case 'complete':
      return run?.status === 'complete'
    case 'rolled-back':
      return run?.status === 'rolled_back'
    case 'paused':
    case 'partly-rolled-back':
      return run?.status === 'paused'
    case 'not-started':
      return unfinishedRun(run) === null
    default:
      return true
  }
}

function sentenceOf({ outcome, message, advice }: WorkAnswer, run: Props['run']): string {
  switch (outcome) {
    case 'complete':
      return 'Done: every song is migrated, validated and certified.'
    case 'rolled-back':
      return 'Rolled back.'
    case 'partly-rolled-back':
      return 'Rolled back to where you wanted it; the run is paused there.'
    case 'finalized':
      return 'The old themes are archived and dropped.'
    case 'nothing-to-do':
      // Somebody else may have cancelled it, or taken it back, while this page had it worked on.
      return message ?? (run?.status === 'cancelled' || run?.status === 'rolled_back' ? ENDED : ALL_MIGRATED)
    case 'not-ready':
      return 'Not ready; nothing was changed.'
    case 'not-started':
    case 'too-large':
      return `${message ?? ''} Nothing was changed.`
    case 'paused':
      return 'Paused; what is done stays.'
    default:
      return [message, advice].filter((sentence) => sentence !== undefined).join(' ')
  }
}
