import { count, countOf, duration, roughly } from '../../../../lib/numbers.ts'
import { conflictText } from '../../migration/conflictText.ts'
import { type RollbackForm, rollbackCommand } from '../../migration/rollbackForm.ts'
import type { MigrationError, RollbackConflict, RollbackPlan, RollbackResult } from '../../migration/types.ts'
import { flow } from './flow.ts'
import type { Style } from './style.ts'

interface RollbackOptions {
  style: Style
  width: number
  isVerbose: boolean
}

/** Conflicts, and songs that could not be taken back, listed unless `--verbose` asks for all. */
const MOST_LISTED = 8

/** What a rollback would take back, and what of people's work it touches. */
export function rollbackPlanLines(
  plan: RollbackPlan,
  { dryRun, runId = null }: { dryRun: boolean; runId?: string | null },
  options: RollbackOptions,
): string[] {
  const { width } = options
  if (plan.alreadyRolledBack) {
    return [`Run ${plan.backupId} is rolled back already. Nothing to do. Migrate again with: npm run migrate`]
  }
  const stays =
    plan.to === null
      ? []
      : 'batch' in plan.to
        ? [`batches up to ${plan.to.batch} stay`]
        : [`batches finished by ${plan.to.time} stay`]
  const started = `started ${plan.backupTimestamp.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  const themes = plan.exact
    ? 'themes and links as they were before the run'
    : 'themes stay as they are now (--exact brings them back, too)'
  return [
    ...flow('Rollback', [`run ${plan.backupId}`, started, ...stays], width),
    ...flow(
      '',
      [
        countOf(plan.songs, 'song'),
        `${countOf(plan.linksToRemove, 'link')} and ${countOf(plan.tagsToRemove, 'tag')} to remove`,
        `about ${roughly(plan.estimatedDuration)}, an estimate`,
      ],
      width,
    ),
    ...flow('', [themes], width),
    ...conflictLines(plan.conflicts, options),
    ...(dryRun ? [`Nothing was changed. Start with: ${rollbackCommand(plan, runId)}`] : []),
  ]
}

/** How a rollback ended, and the next command to run. */
export function rollbackResultLines(
  result: RollbackResult,
  form: RollbackForm,
  options: RollbackOptions,
): string[] {
  const { paint } = options.style
  const took = duration(result.durationMs)
  const done = `${countOf(result.restoredCount, 'song')}, ${countOf(result.linksRemoved, 'link')}`
  const met = [...conflictLines(result.conflicts, options), ...errorLines(result.errors, options)]
  switch (result.phase) {
    case 'paused':
      return [
        ...met,
        paint.bold(`Paused after ${took}: ${done} taken back; everything done is saved.`),
        `Go on with: ${rollbackCommand(form)}`,
      ]
    case 'incomplete':
      return [
        ...met,
        paint.bold(`Not finished after ${took}: ${done} taken back; the songs above are as they were.`),
        `Mend the cause, then go on with: ${rollbackCommand(form)}`,
      ]
    case 'partly-rolled-back':
      return [
        ...met,
        `${paint.bold(`Rolled back in part in ${took}:`)} ${done} taken back; the run is paused.`,
        'Migrate the rest again with: npm run migrate      Undo the rest with: npm run rollback',
      ]
    case 'rolled-back':
      return [
        ...met,
        `${paint.bold(`Rolled back in ${took}:`)} ${done} and ${countOf(result.tagsRemoved, 'tag')} taken back.`,
        'Check it with: npm run validate      Migrate again with: npm run migrate',
      ]
  }
}

function errorLines(errors: readonly MigrationError[], options: RollbackOptions): string[] {
  const lines = errors.map(({ songId, error }) => `song ${songId}: ${error}`)
  return listLines(`${countOf(errors.length, 'song')} could not be taken back`, lines, options)
}

function conflictLines(conflicts: readonly RollbackConflict[], options: RollbackOptions): string[] {
  const heading = `${countOf(conflicts.length, 'conflict')} with what people did since`
  return listLines(heading, conflicts.map(conflictText), options)
}

function listLines(
  heading: string,
  lines: readonly string[],
  { style, width, isVerbose }: RollbackOptions,
): string[] {
  if (lines.length === 0) return []
  const shown = isVerbose ? lines : lines.slice(0, MOST_LISTED)
  const rest = lines.length - shown.length
  return [
    style.paint.yellow(heading),
    ...shown.map((line) => `  ${style.words(line, isVerbose ? undefined : width - 2)}`),
    ...(rest > 0 ? [style.paint.dim(`  and ${count(rest)} more; --verbose lists them`)] : []),
  ]
}
