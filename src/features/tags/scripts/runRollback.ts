import { BatchSizer, PACE } from '../migration/batchSizer.ts'
import { MigrationReporter } from '../migration/migrationReporter.ts'
import { MigrationRunner } from '../migration/migrationRunner.ts'
import type { RollbackLimit } from '../migration/rollbackForm.ts'
import type { MigrationConfig, RollbackResult } from '../migration/types.ts'
import { confirm } from './confirm.ts'
import type { Connection } from './connect.ts'
import { EXIT, exitCodeOfRollback } from './exitCodes.ts'
import { rollbackJson, rollbackPlanJson } from './jsonResults.ts'
import type { Outcome, Session } from './session.ts'
import { ProgressView } from './terminal/progressView.ts'
import { rollbackPlanLines, rollbackResultLines } from './terminal/rollbackReport.ts'

export interface RollbackChoice {
  runId: string | null
  exact: boolean
  to: RollbackLimit | null
  dryRun: boolean
  yes: boolean
  isVerbose: boolean
}

/** Takes a run back after showing what that means. @throws MigrationFailure, WrongUsage */
export async function runRollback(
  { choice, config }: { choice: RollbackChoice; config: MigrationConfig },
  { client, target, telemetry }: Connection,
  session: Session,
): Promise<Outcome> {
  const { screen, soFar } = session
  const { style } = screen
  let retries = 0
  const runner = new MigrationRunner(client, {
    ...config,
    progressCallback: (progress) => {
      retries = progress.retries
    },
  })
  const manager = runner.rollbackManager
  screen.wait('Reading the journal')
  const plan = await manager.plan(choice.runId, choice.exact, choice.to)
  soFar.runId = plan.backupId
  const show = { style, width: screen.width, isVerbose: choice.isVerbose }
  for (const line of rollbackPlanLines(plan, choice, show)) screen.line(line)
  if (choice.dryRun) return { exitCode: EXIT.done, json: rollbackPlanJson(plan) }
  if (!plan.alreadyRolledBack && !choice.yes) {
    await confirm(session, target, { verb: 'roll back', alwaysAsk: true })
  }

  const sizer = new BatchSizer(config.batchSize, PACE[config.profile].stepMs)
  const view = new ProgressView(screen, 'Rollback')
  const reporter = new MigrationReporter((progress) =>
    view.show({ ...progress, retries, batchSize: sizer.size }),
  )
  const options = {
    to: choice.to,
    worker: config.worker,
    sizer,
    signal: session.signal,
    onBatch: (restored: number, total: number) => {
      soFar.restoredCount = restored
      reporter.advance(restored, total)
      if (restored >= total && choice.to === null) screen.wait('Removing the tags that it made')
    },
  }
  const rollback = () => manager.rollback(plan.backupId, choice.exact, options)
  const result: RollbackResult = telemetry
    ? await telemetry.session(rollback, ({ phase, runId, restoredCount }) => ({
        phase,
        run: runId,
        songs: restoredCount,
      }))
    : await rollback()
  if (!plan.alreadyRolledBack) for (const line of rollbackResultLines(result, choice, show)) screen.line(line)
  return { exitCode: exitCodeOfRollback(result), json: rollbackJson(result) }
}
