import { MigrationFailure } from '../migration/migrationFailure.ts'
import type { RunControl } from '../migration/runControl.ts'
import { unfinishedRun } from '../migration/unfinishedRun.ts'
import { EXIT } from './exitCodes.ts'
import { runsJson } from './jsonResults.ts'
import type { MigrateFlags } from './migrateOptions.ts'
import type { Outcome, Session } from './session.ts'
import { statusJson } from './statusJson.ts'
import { runsLines } from './terminal/runsReport.ts'
import { statusLines, statusSentence } from './terminal/statusReport.ts'

const REFRESH_EVERY_MS = 1000

type WatchingSession = Pick<Session, 'screen'> & { sleep: (ms: number) => Promise<void> }

/** Shows how the run is doing, once or until it ends. @throws MigrationFailure */
export async function showStatus(
  control: RunControl,
  { watch, all, verbose }: Pick<MigrateFlags, 'watch' | 'all' | 'verbose'>,
  session: WatchingSession,
): Promise<Outcome> {
  const { screen } = session
  let status = await control.status()
  // The width anew each time: a terminal may be resized while it is watched.
  const show = () =>
    statusLines(status, { style: screen.style, width: screen.width, isVerbose: verbose ?? false })
  let isInterrupted = false
  while (watch && unfinishedRun(status.run) !== null && !isInterrupted) {
    if (screen.isLive) screen.block(show())
    else screen.line(statusSentence(status))
    isInterrupted = await session.sleep(REFRESH_EVERY_MS).then(() => false, wasStopped)
    if (!isInterrupted) status = await control.status()
  }
  const runs = all ? await control.runs() : undefined
  for (const line of runs === undefined ? show() : [...show(), '', ...runsLines(runs, screen)])
    screen.line(line)
  return {
    exitCode: isInterrupted ? EXIT.interrupted : EXIT.done,
    json: { ...statusJson(status), ...(runs === undefined ? {} : runsJson(runs)) },
  }
}

function wasStopped(error: unknown): true {
  if (error instanceof MigrationFailure && error.code === 'stopped') return true
  throw error
}
