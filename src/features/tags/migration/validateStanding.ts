import type { DataValidator } from './dataValidator.ts'
import { listRuns, standingRuns } from './listRuns.ts'
import { longThemeNotes } from './longThemes.ts'
import type { MigrationDatabase, Run } from './migrationDatabase.ts'
import { MigrationFailure } from './migrationFailure.ts'
import type { RunsReport } from './types.ts'

/**
 * Validates one run, or without an id every run that stands, newest first; before the first run the songs alone.
 * @param onRuns told, before it begins, which
 * @throws MigrationFailure `unknown-run`
 */
export async function validateStanding(
  database: MigrationDatabase,
  validator: DataValidator,
  runId: string | null,
  onRuns: (runs: readonly Run[]) => void,
): Promise<RunsReport> {
  const runs = runId === null ? standingRuns(await listRuns(database)) : [await theRun(database, runId)]
  onRuns(runs)
  const reports = await validator.validateRuns(runs)
  // Of all runs alike, so the newest tells of it.
  const newest = reports[runs.findIndex((run) => run.status !== 'rolled_back')]
  newest?.notes.push(...(await longThemeNotes(database)))
  return {
    ...(reports[0] ?? (await validator.validate(null))),
    valid: reports.every((report) => report.valid),
    runs: runs.flatMap(({ status, songs }, place) => {
      const report = reports[place]
      return report === undefined ? [] : [{ ...report, status, songs }]
    }),
  }
}

async function theRun(database: MigrationDatabase, id: string): Promise<Run> {
  const run = await database.run(id)
  if (run !== null) return run
  throw new MigrationFailure('unknown-run', `There is no run ${id}.`, {
    advice: 'See them with: npm run validate -- --list',
  })
}
