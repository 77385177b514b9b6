import type { useStopRun } from '../../../queries/migration/useStopRun.ts'
import type { useWork } from '../../../queries/migration/useWork.ts'
import type { WorkAnswer } from '../../../services/migrateThemesFunction.ts'
import { Command } from './Command.tsx'
import { FailureNotice } from './FailureNotice.tsx'
import { FinalizeChecklist } from './FinalizeChecklist.tsx'
import styles from './WorkOutcome.module.css'

type Props = {
  work: Pick<ReturnType<typeof useWork>, 'data' | 'error' | 'isPending'>
  stop: Pick<ReturnType<typeof useStopRun>, 'error'>
}

/** What came of what this page had done; a screen reader hears it. */
export function WorkOutcome({ work, stop }: Props) {
  const { data: answer } = work
  return (
    <>
      {work.error !== null && <FailureNotice title="The edge function could not do it" error={work.error} />}
      {stop.error !== null && <FailureNotice title="The run could not be stopped" error={stop.error} />}
      <p role="status" className={styles.outcome}>
        {work.isPending ? 'The edge function is at work.' : answer ? sentenceOf(answer) : ''}
      </p>
      {answer?.outcome === 'too-large' && (
        <Command label="Finalize from a terminal with" command="npm run migrate -- --finalize" />
      )}
      {answer?.outcome === 'not-ready' && answer.requirements && (
        <FinalizeChecklist requirements={answer.requirements} />
      )}
    </>
  )
}

function sentenceOf({ outcome, message, advice }: WorkAnswer): string {
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
      return message ?? 'Every song is migrated already.'
    case 'not-ready':
      return 'Not ready; nothing was changed.'
    case 'too-large':
      return `${message ?? ''} Nothing was changed.`
    case 'paused':
      return 'Paused; what is done stays.'
    default:
      return [message, advice].filter((sentence) => sentence !== undefined).join(' ')
  }
}
