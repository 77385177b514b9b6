import { countOf } from '../../../../lib/numbers.ts'
import type { Drift, DriftPass } from '../../migration/driftWatch.ts'
import type { Style } from './style.ts'

interface Place {
  style: Style
  width: number
}

/** A line for each that drifts now and did not before, and for each that is mended. */
export function driftLines({ check, drifted, mended }: DriftPass, { style, width }: Place): string[] {
  const { glyph, paint } = style
  const time = check.at.toISOString().slice(11, 19)
  const line = (mark: string, what: string) =>
    `${time}  ${mark}  ${style.words(what, Math.max(20, width - 14))}`
  return [
    ...drifted.map((drift) => line(paint.red(glyph.failed), wordsOf(drift))),
    ...mended.map((drift) => line(paint.green(glyph.done), `${subjectOf(drift)} is mended`)),
  ]
}

/** Where the watch is. */
export function driftStatus({ check, open }: DriftPass, { style }: Place): string {
  const state = open === 0 ? style.paint.green('nothing drifts') : style.paint.red(`${open} drift`)
  return `Watching  round ${check.round}, ${countOf(check.songs, 'song')} and ${countOf(check.tags, 'tag')} looked at, ${state}`
}

function wordsOf(drift: Drift): string {
  return `${subjectOf(drift)} ${REASONS.flatMap(([key, words]) => (drift.detail[key] === false ? [words] : [])).join(', ') || restOf(drift)}`
}

const REASONS = [
  ['stateMatches', 'has themes that its state has not seen'],
  ['linksMatch', 'has other tags than its themes yield'],
  ['recordExists', 'has no record of what it was before'],
] as const

function restOf({ kind, detail }: Drift): string {
  if (kind === 'no-state') return 'is not migrated'
  return detail.usageCount === detail.links
    ? 'is not in the table of names'
    : `counts ${String(detail.usageCount)} songs and has ${String(detail.links)}`
}

function subjectOf({ kind, id, detail }: Drift): string {
  return kind === 'tag' ? `tag “${String(detail.tag)}”` : `song ${id}`
}
