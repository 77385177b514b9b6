import { count, countOf } from '../../../lib/numbers.ts'
import { MigrationRunner } from '../migration/migrationRunner.ts'
import type { MigrationPlan } from '../migration/types.ts'
import { unfinishedRun } from '../migration/unfinishedRun.ts'
import type { Connection } from './connect.ts'
import { exitCodeOfMigration } from './exitCodes.ts'
import { migrationJson } from './jsonResults.ts'
import type { MigrateFlags } from './migrateOptions.ts'
import { migrationConfig } from './migrationConfig.ts'
import { savePlanFile } from './planOnDisk.ts'
import { refuseAnotherPlan } from './refuseAnotherPlan.ts'
import { runOrExplain } from './runOrExplain.ts'
import type { Outcome, Session } from './session.ts'
import { sentences } from './terminal/flow.ts'
import { MigrationView } from './terminal/migrationView.ts'
import { resultLines } from './terminal/resultReport.ts'

/**
 * Migrates, or goes on with the run that did not end, showing how far it is.
 * @throws MigrationFailure, WrongUsage
 */
export async function runMigration(
  flags: MigrateFlags,
  plan: MigrationPlan | undefined,
  { client, latest, telemetry }: Connection,
  session: Session,
): Promise<Outcome> {
  const { screen, soFar } = session
  const unfinished = unfinishedRun(latest)
  refuseAnotherPlan(unfinished, flags)
  if (unfinished !== null) {
    soFar.runId = unfinished.id
    const done = `${count(unfinished.songs)} of ${countOf(unfinished.totalSongs, 'song')} done`
    const what = flags.restart ? 'Rolling back' : flags.join ? 'Joining' : 'Going on with'
    for (const line of sentences(`${what} run ${unfinished.id}, ${done}`, screen.width)) screen.line(line)
  }
  const view = new MigrationView(screen)
  const runner = new MigrationRunner(client, {
    ...migrationConfig(flags, session),
    ...(plan ? { plan } : {}),
    onPlan: async (made, survey) => {
      if (flags.savePlan !== undefined) await savePlanFile(flags.savePlan, made)
      view.plan(made, survey)
    },
    progressCallback: (progress) => {
      // Before and after the batches, it counts songs that were read.
      if (progress.phase === 'migrating') {
        soFar.processedCount = progress.processedCount
        soFar.totalCount = progress.totalCount
        soFar.batches = progress.batches
      }
      soFar.retries = progress.retries
      soFar.errors = progress.errors
      view.progress(progress)
    },
  })
  const run = () => runOrExplain(runner, session, flags)
  const result = telemetry
    ? await telemetry.session(run, ({ phase, runId, processedCount }) => ({
        phase,
        run: runId,
        songs: processedCount,
      }))
    : await run()
  for (const line of resultLines(result, {
    style: screen.style,
    width: screen.width,
    isVerbose: flags.verbose ?? false,
  }))
    screen.line(line)
  return { exitCode: exitCodeOfMigration(result), json: migrationJson(result) }
}
