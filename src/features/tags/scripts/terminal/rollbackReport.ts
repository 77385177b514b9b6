import type { RollbackConflict, RollbackPlan, RollbackResult } from '../../migration/types.ts'
import { flow } from './flow.ts'
import { count, countOf, duration, roughly } from './numbers.ts'
import type { Style } from './style.ts'

interface RollbackOptions {
  style: Style
  width: number
  isVerbose: boolean
}

/** Conflicts listed unless `--verbose` asks for all. */
const MOST_CONFLICTS = 8

/** What a rollback would take back, and what of people's work it touches. */
export function rollbackPlanLines(
  plan: RollbackPlan,
  { dryRun }: { dryRun: boolean },
  options: RollbackOptions,
): string[] {
  const { width } = options
  if (plan.alreadyRolledBack) {
    return [`Run ${plan.backupId} is rolled back already. Nothing to do. Migrate again with: npm run migrate`]
  }
  const started = `started ${plan.backupTimestamp.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  const themes = plan.exact
    ? 'themes and links as they were before the run'
    : 'themes stay as they are now (--exact brings them back, too)'
  return [
    ...flow('Rollback', [`run ${plan.backupId}`, started], width),
    ...flow(
      '',
      [
        countOf(plan.songs, 'song'),
        `${countOf(plan.linksToRemove, 'link')} to remove`,
        `about ${roughly(plan.estimatedDuration)}, an estimate`,
      ],
      width,
    ),
    ...flow('', [themes], width),
    ...conflictLines(plan.conflicts, options),
    ...(dryRun
      ? [`Nothing was changed. Start with: npm run rollback${plan.exact ? ' -- --exact' : ''}`]
      : []),
  ]
}

/** How a rollback ended, and the next command to run. */
export function rollbackResultLines(
  result: RollbackResult,
  { exact }: { exact: boolean },
  options: RollbackOptions,
): string[] {
  const { paint } = options.style
  const took = duration(result.durationMs)
  const done = `${countOf(result.restoredCount, 'song')}, ${countOf(result.linksRemoved, 'link')}`
  const conflicts = conflictLines(result.conflicts, options)
  if (result.phase === 'paused') {
    return [
      ...conflicts,
      paint.bold(`Paused after ${took}: ${done} taken back; everything done is saved.`),
      `Go on with: npm run rollback${exact ? ' -- --exact' : ''}`,
    ]
  }
  return [
    ...conflicts,
    `${paint.bold(`Rolled back in ${took}:`)} ${done} and ${countOf(result.tagsRemoved, 'tag')} taken back.`,
    'Check it with: npm run validate      Migrate again with: npm run migrate',
  ]
}

function conflictLines(
  conflicts: readonly RollbackConflict[],
  { style, width, isVerbose }: RollbackOptions,
): string[] {
  if (conflicts.length === 0) return []
  const shown = isVerbose ? conflicts : conflicts.slice(0, MOST_CONFLICTS)
  const rest = conflicts.length - shown.length
  return [
    style.paint.yellow(`${countOf(conflicts.length, 'conflict')} with what people did since`),
    ...shown.map((conflict) => `  ${style.words(textOf(conflict), isVerbose ? undefined : width - 2)}`),
    ...(rest > 0 ? [style.paint.dim(`  and ${count(rest)} more; --verbose lists them`)] : []),
  ]
}

function textOf(conflict: RollbackConflict): string {
  switch (conflict.kind) {
    case 'tag-kept':
      return `tag ${conflict.tag} stays: ${conflict.reason}`
    case 'link-removed':
      return `song ${conflict.songId} loses the tag ${conflict.tag}, which a person gave it`
    case 'themes-overwritten':
      return `song ${conflict.songId}: ${JSON.stringify(conflict.found)} becomes ${JSON.stringify(conflict.restored)} again`
  }
}
