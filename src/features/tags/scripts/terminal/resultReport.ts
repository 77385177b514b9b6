import { count, countOf, duration } from '../../../../lib/numbers.ts'
import type { MigrationError, MigrationResult } from '../../migration/types.ts'
import { checkLines } from './checksReport.ts'
import { flow, nextSteps, sentences } from './flow.ts'
import type { Style } from './style.ts'

interface ResultOptions {
  style: Style
  width: number
  isVerbose: boolean
}

/** Songs in quarantine that are listed; `--verbose` lists all. */
const MOST_ERRORS = 5

/** How a migration ended, and the next command to run. */
export function resultLines(result: MigrationResult, options: ResultOptions): string[] {
  return [...factLines(result, options), ...errorLines(result.errors, options), ...endLines(result, options)]
}

function factLines(result: MigrationResult, { style, width, isVerbose }: ResultOptions): string[] {
  if (result.phase === 'nothing-to-do') return []
  const { paint, glyph } = style
  const failed = result.checks.filter((check) => !check.ok)
  const passed = result.checks.length - failed.length
  const tags = [
    `${countOf(result.tagsCreated, 'tag')} made, ${count(result.tagsReused)} used that were there`,
  ]
  const links = [`${countOf(result.linksCreated, 'link')} made`]
  return [
    ...(result.checks.length === 0
      ? []
      : flow(
          'Validate',
          [
            `${failed.length === 0 ? paint.green(glyph.done) : paint.red(glyph.failed)} ${count(passed)} of ${countOf(result.checks.length, 'check')}`,
            countOf(result.processedCount, 'song'),
          ],
          width,
        )),
    ...checkLines(failed, { style, width, isVerbose }),
    ...flow('Result', [...tags, ...links], width),
    ...(result.certificate === null ? [] : flow('', [`certificate ${result.certificate}`], width)),
  ]
}

function errorLines(errors: readonly MigrationError[], { style, isVerbose, width }: ResultOptions): string[] {
  if (errors.length === 0) return []
  const shown = isVerbose ? errors : errors.slice(0, MOST_ERRORS)
  const rest = errors.length - shown.length
  return [
    style.paint.yellow(`${countOf(errors.length, 'song')} in quarantine: themes untouched, no tags yet`),
    ...shown.map(
      ({ songId, error }) => `  ${songId}  ${style.words(error, Math.max(20, width - songId.length - 4))}`,
    ),
    ...(rest > 0 ? [style.paint.dim(`  and ${count(rest)} more; --verbose lists them`)] : []),
  ]
}

function endLines(result: MigrationResult, { style, width }: ResultOptions): string[] {
  const bold = (text: string) => sentences(text, width).map((line) => style.paint.bold(line))
  const took = duration(result.durationMs)
  const share = `${count(result.processedCount)} of ${countOf(result.totalCount, 'song')}`
  switch (result.phase) {
    case 'nothing-to-do':
      return sentences(
        result.runId === null
          ? 'There are no songs to migrate. Add some with: npm run seed -- --songs 1000'
          : 'Every song is migrated already. Check it with: npm run validate',
        width,
      )
    case 'paused':
      return [
        ...bold(`Paused after ${took} at ${share}; everything done is saved.`),
        ...nextSteps(['Go on with: npm run migrate -- --resume', 'Undo with: npm run rollback'], width),
      ]
    case 'left':
      return [
        ...bold(`Left after ${took}; the run goes on at ${share} with those who work on it.`),
        ...nextSteps(
          ['Join it again with: npm run migrate -- --join', 'See it with: npm run migrate -- --status'],
          width,
        ),
      ]
    case 'rolled-back':
      return [
        ...bold(`Rolled back after ${took}: the run had failed. The songs are as they were.`),
        'Start again with: npm run migrate',
      ]
    case 'failed':
      return [
        ...bold(`Not done after ${took}: a check failed.`),
        ...nextSteps(['Look closer with: npm run validate -- --json', 'Undo with: npm run rollback'], width),
      ]
    default:
      return result.errors.length > 0
        ? [
            ...bold(`Done in ${took}, except for ${countOf(result.errors.length, 'song')}.`),
            ...nextSteps(['Mend them, then: npm run migrate', 'Undo with: npm run rollback'], width),
          ]
        : [`${style.paint.bold(`Done in ${took}.`)} Undo with: npm run rollback`]
  }
}
