import { count, countOf } from '../../../lib/numbers.ts'
import type { Run } from '../migration/migrationDatabase.ts'
import type { RunControl } from '../migration/runControl.ts'
import { unfinishedRun } from '../migration/unfinishedRun.ts'
import { confirm } from './confirm.ts'
import { EXIT } from './exitCodes.ts'
import type { Outcome, Session } from './session.ts'
import { soFarOf } from './soFar.ts'
import type { Target } from './target.ts'
import { nextSteps, sentences } from './terminal/flow.ts'

export interface StopChoice {
  /** For good; otherwise until somebody resumes it. */
  cancel: boolean
  yes: boolean
  target: Target
  latest: Run | null
}

/** Pauses or cancels the run that did not end. @throws MigrationFailure, WrongUsage */
export async function stopRun(
  control: RunControl,
  { cancel, yes, target, latest }: StopChoice,
  session: Session,
): Promise<Outcome> {
  const { screen } = session
  const running = unfinishedRun(latest)
  if (running !== null) Object.assign(session.soFar, soFarOf(running))
  if (cancel && !yes && running !== null) {
    const what = `cancel run ${running.id} at ${shareOf(running)}`
    await confirm(session, target, { verb: what, alwaysAsk: true })
  }
  const { run, already } = await (cancel ? control.cancel() : control.pause())
  const done = cancel ? 'Cancelled' : already ? 'Paused already' : 'Paused'
  const steps = cancel
    ? ['Migrate the rest with: npm run migrate', 'Take back what it did with: npm run rollback']
    : ['Go on with: npm run migrate -- --resume', 'Undo with: npm run rollback']
  const lines = [
    ...sentences(`${done}: run ${run.id} at ${shareOf(run)}; what is done stays.`, screen.width),
    ...nextSteps(steps, screen.width),
  ]
  for (const line of lines) screen.line(line)
  return { exitCode: EXIT.done, json: { ...soFarOf(run), phase: run.status, already, errors: [] } }
}

function shareOf({ songs, totalSongs }: Run): string {
  return `${count(songs)} of ${countOf(Math.max(songs, totalSongs), 'song')}`
}
