import { count } from '../../../../lib/numbers.ts'
import type { CheckedValidation } from '../../migration/types.ts'
import { paragraph } from './flow.ts'
import type { Style } from './style.ts'
import { tableLines } from './table.ts'

/** Differences shown of one check; `--verbose` shows all that are kept. */
const MOST_DIFFERENCES = 3
/** Notes shown of one run: all kinds of changes, and some of the themes that are too long. */
const MOST_NOTES = 10

export interface ChecksOptions {
  style: Style
  width: number
  isVerbose: boolean
}

/** A line for each check, and what differs under the failed ones. */
export function checkLines(checks: readonly CheckedValidation[], options: ChecksOptions): string[] {
  const { style, width } = options
  const lines = tableLines(
    checks,
    [
      { cell: (check) => markOf(check, style) },
      { cell: (check, cells) => style.words(check.name, cells), narrowest: 16 },
      { cell: (check, cells) => style.words(findingOf(check), cells), narrowest: 12 },
    ],
    width - 2,
  )
  return checks.flatMap((check, index) => [`  ${lines[index]}`, ...differenceLines(check, options)])
}

/** What people changed since, and what follows from it: under the checks, none of which fails for it. */
export function noteLines(notes: readonly string[], { style, width, isVerbose }: ChecksOptions): string[] {
  const shown = isVerbose ? notes : notes.slice(0, MOST_NOTES)
  return [
    ...shown.flatMap((note) => paragraph(`  ${style.words('·')}  `, style.words(note), width)),
    ...moreLines(notes.length - shown.length, '     ', style),
  ]
}

function moreLines(more: number, indent: string, { paint }: Style): string[] {
  return more > 0 ? [paint.dim(`${indent}and ${count(more)} more; --verbose shows them`)] : []
}

function markOf({ ok, critical }: CheckedValidation, { glyph, paint }: Style): string {
  if (ok) return paint.green(glyph.done)
  return critical ? paint.red(glyph.failed) : paint.yellow(glyph.warning)
}

function findingOf({ ok, actual, expectedResult }: CheckedValidation): string {
  if (ok) return ''
  if (typeof actual === 'number') return `${count(actual)}, expected ${String(expectedResult)}`
  return `${String(actual)}, expected ${String(expectedResult)}`
}

function differenceLines(
  { ok, differences }: CheckedValidation,
  { style, width, isVerbose }: ChecksOptions,
): string[] {
  if (ok) return []
  const shown = isVerbose ? differences : differences.slice(0, MOST_DIFFERENCES)
  const asText = (difference: unknown) =>
    typeof difference === 'string' ? difference : JSON.stringify(difference)
  return [
    ...shown.map(
      (difference) => `      ${style.words(asText(difference), isVerbose ? undefined : width - 6)}`,
    ),
    ...moreLines(differences.length - shown.length, '      ', style),
  ]
}
