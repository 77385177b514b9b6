import { MigrationRunner } from '../migration/migrationRunner.ts'
import type { MigrationConfig } from '../migration/types.ts'
import type { Connection } from './connect.ts'
import { exitCodeOfValidation } from './exitCodes.ts'
import { validationJson } from './jsonResults.ts'
import type { Outcome, Session } from './session.ts'
import { checkLines } from './terminal/checksReport.ts'
import { flow } from './terminal/flow.ts'
import { count, countOf, duration } from './terminal/numbers.ts'
import { ProgressView } from './terminal/progressView.ts'

/** Recomputes everything about a run, or the latest one, and says what differs. @throws MigrationFailure */
export async function runValidation(
  options: { config: MigrationConfig; runId: string | null; isVerbose: boolean },
  { client, latest }: Connection,
  { screen }: Session,
): Promise<Outcome> {
  const started = performance.now()
  const view = new ProgressView(screen, 'Validate')
  const runner = new MigrationRunner(client, {
    ...options.config,
    progressCallback: (progress) =>
      progress.totalCount > 0
        ? view.show(progress)
        : screen.wait('Validating', count(progress.processedCount)),
  })
  const report = await runner.validate(options.runId)
  const { style, width } = screen
  const passed = report.checks.filter((check) => check.ok).length
  const subject = report.runId === null ? 'no run yet: the songs alone' : `run ${report.runId}`
  const songs = report.runId !== null && report.runId === latest?.id ? [countOf(latest.songs, 'song')] : []
  const facts = [subject, ...songs, `${count(passed)} of ${countOf(report.checks.length, 'check')}`]
  const lines = [
    ...flow('Validate', facts, width),
    ...checkLines(report.checks, { style, width, isVerbose: options.isVerbose }),
    ...(report.certificate === null ? [] : flow('', [`certificate ${report.certificate}`], width)),
    `${style.paint.bold(report.valid ? 'Valid' : 'Not valid')}, in ${duration(performance.now() - started)}. ${nextStep(report.valid, report.runId, latest?.status)}`,
  ]
  for (const line of lines) screen.line(line)
  return { exitCode: exitCodeOfValidation(report), json: validationJson(report) }
}

function nextStep(isValid: boolean, runId: string | null, status: string | undefined): string {
  if (runId === null) return 'See what a migration would do: npm run migrate -- --dry-run'
  if (!isValid)
    return status === 'complete' ? 'Undo with: npm run rollback' : 'Go on with: npm run migrate -- --resume'
  return status === 'rolled_back' ? 'Migrate again with: npm run migrate' : 'Undo with: npm run rollback'
}
