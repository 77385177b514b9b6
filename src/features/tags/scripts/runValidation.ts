import { count, countOf, duration } from '../../../lib/numbers.ts'
import { MigrationRunner } from '../migration/migrationRunner.ts'
import type { MigrationConfig, RunReport, RunsReport, ValidationReport } from '../migration/types.ts'
import type { Connection } from './connect.ts'
import { exitCodeOfValidation } from './exitCodes.ts'
import { validationJson } from './jsonResults.ts'
import type { Outcome, Session } from './session.ts'
import { type ChecksOptions, checkLines, noteLines } from './terminal/checksReport.ts'
import { flow } from './terminal/flow.ts'
import { ProgressView } from './terminal/progressView.ts'

/** Recomputes everything about a run, or every one that stands, and says what differs. @throws MigrationFailure */
export async function runValidation(
  options: { config: MigrationConfig; runId: string | null; isVerbose: boolean },
  { client }: Connection,
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
  const look = { style: screen.style, width: screen.width, isVerbose: options.isVerbose }
  const lines =
    report.runs.length === 0 ? songLines(report, look) : report.runs.flatMap((run) => runLines(run, look))
  for (const line of lines) screen.line(line)
  const verdict = screen.style.paint.bold(report.valid ? 'Valid' : 'Not valid')
  screen.line(`${verdict}, in ${duration(performance.now() - started)}. ${nextStep(report)}`)
  return { exitCode: exitCodeOfValidation(report), json: validationJson(report) }
}

function runLines(run: RunReport, look: ChecksOptions): string[] {
  const facts = [`run ${run.runId}`, run.status.replace('_', ' '), countOf(run.songs, 'song'), passed(run)]
  return [
    ...flow('Validate', facts, look.width),
    ...checkLines(run.checks, look),
    ...noteLines(run.notes, look),
    ...(run.certificate === null ? [] : flow('', [`certificate ${run.certificate}`], look.width)),
  ]
}

function songLines(report: ValidationReport, look: ChecksOptions): string[] {
  return [
    ...flow('Validate', ['no run yet: the songs alone', passed(report)], look.width),
    ...checkLines(report.checks, look),
  ]
}

function passed({ checks }: ValidationReport): string {
  const ok = checks.filter((check) => check.ok).length
  return `${count(ok)} of ${countOf(checks.length, 'check')}`
}

function nextStep({ valid, runs }: RunsReport): string {
  const [newest] = runs
  if (newest === undefined) return 'See what a migration would do: npm run migrate -- --dry-run'
  if (!valid) {
    return runs.every((run) => run.valid || run.status === 'complete')
      ? 'Undo with: npm run rollback'
      : 'Go on with: npm run migrate -- --resume'
  }
  return newest.status === 'rolled_back'
    ? 'Migrate again with: npm run migrate'
    : 'Undo with: npm run rollback'
}
