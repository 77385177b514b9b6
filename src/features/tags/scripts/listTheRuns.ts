import { type ListedRun, listRuns } from '../migration/listRuns.ts'
import { MigrationDatabase } from '../migration/migrationDatabase.ts'
import { sleepUntil } from '../migration/retry.ts'
import type { Connection } from './connect.ts'
import { EXIT } from './exitCodes.ts'
import { runsJson } from './jsonResults.ts'
import type { Outcome, Session } from './session.ts'
import { runsLines } from './terminal/runsReport.ts'

/** Shows every run, newest first. @throws MigrationFailure */
export async function listTheRuns({ client }: Connection, { screen, signal }: Session): Promise<Outcome> {
  const database = new MigrationDatabase(client, {
    maxRetries: 2,
    delayMs: 250,
    sleep: sleepUntil(signal),
    random: Math.random,
    onRetry: () => screen.wait('Reading', 'the runs once more'),
  })
  const runs: ListedRun[] = await listRuns(database)
  screen.clear()
  for (const line of runsLines(runs, screen)) screen.line(line)
  return { exitCode: EXIT.done, json: runsJson(runs) }
}
