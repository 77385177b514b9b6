import { count, countOf } from '../../../../lib/numbers.ts'
import { DISPOSITIONS, whyProposed } from '../../migration/dispositions.ts'
import { appliedTags, needsReview, plannedTags } from '../../migration/plan.ts'
import type { Survey } from '../../migration/survey.ts'
import type { MigrationPlan, PlanEntry } from '../../migration/types.ts'
import { labelled, paragraph } from './flow.ts'
import type { Style } from './style.ts'
import { type Column, tableLines } from './table.ts'

interface ReportOptions {
  style: Style
  width: number
  /** Entries listed; the rest is counted. */
  most: number
}

/** The plan in one line: how many themes become how many tags. */
export function planFacts(
  plan: MigrationPlan,
  survey: Pick<Survey, 'songs' | 'songsWithThemes'>,
  tags: { known: number; made: number },
  { glyph, paint }: Style,
): string[] {
  const toReview = plan.entries.filter(needsReview).length
  return [
    `${countOf(plan.entries.length, 'theme')} ${glyph.arrow} ${countOf(tags.known + tags.made, 'tag')}`,
    `${count(tags.known)} known, ${count(tags.made)} new`,
    ...(toReview > 0 ? [paint.yellow(`${count(toReview)} to review`)] : []),
    `${count(survey.songsWithThemes)} of ${countOf(survey.songs, 'song')}`,
  ]
}

/** What a person should look at before anything else, most songs first. Nothing of it is applied by itself. */
export function reviewLines(plan: MigrationPlan, { style, width, most }: ReportOptions): string[] {
  const entries = plan.entries.filter(needsReview).toSorted((a, b) => b.songs - a.songs)
  if (entries.length === 0) return []
  const lead = labelled('')
  const rows = entries.slice(0, most)
  const rest = entries.length - rows.length
  return [
    `${lead}${style.paint.yellow('review first')}`,
    ...tableLines(rows, reviewColumns(style), width - lead.length).map((line) => lead + line),
    ...(rest > 0 ? [style.paint.dim(`${lead}and ${count(rest)} more`)] : []),
  ]
}

/** What becomes of each theme, grouped by disposition; what needs review is left to `reviewLines`. */
export function groupLines(plan: MigrationPlan, options: ReportOptions): string[] {
  return DISPOSITIONS.flatMap(({ disposition, title, note }) => {
    const entries = plan.entries.filter((entry) => entry.disposition === disposition)
    return entries.length === 0 ? [] : groupOf(entries, { title, note }, options)
  })
}

function groupOf(
  entries: readonly PlanEntry[],
  { title, note }: { title: string; note: string },
  { style, width, most }: ReportOptions,
): string[] {
  const mentions = entries.reduce((sum, entry) => sum + entry.songs, 0)
  const listed = entries.filter((entry) => !needsReview(entry)).toSorted((a, b) => b.songs - a.songs)
  const rows = listed.slice(0, most)
  const rest = listed.length - rows.length
  const tags = plannedTags(entries).size
  const becomes = tags === 0 ? '' : ` ${style.glyph.arrow} ${countOf(tags, 'tag')}`
  const remark = note && listed.length < entries.length ? note : tags === 0 ? note : ''
  const facts = `${countOf(entries.length, 'theme')}${becomes}, used ${countOf(mentions, 'time')}`
  return [
    ...paragraph(`${style.paint.bold(title)}   `, facts, width),
    ...(remark ? [style.paint.dim(`  ${remark}`)] : []),
    ...tableLines(rows, entryColumns(style), width - 2).map((line) => `  ${line}`),
    ...(rest > 0 ? [style.paint.dim(`  and ${count(rest)} more`)] : []),
  ]
}

function entryColumns(style: Style): Column<PlanEntry>[] {
  return [
    { cell: (entry, cells) => style.quote(entry.rawTheme, cells), narrowest: 12 },
    { cell: (entry, cells) => becomes(entry, appliedTags(entry), style, cells), narrowest: 12 },
    { cell: ({ songs }) => countOf(songs, 'song'), align: 'right' },
  ]
}

function reviewColumns(style: Style): Column<PlanEntry>[] {
  return [
    { cell: (entry, cells) => style.quote(entry.rawTheme, cells), narrowest: 12 },
    { cell: (entry, cells) => becomes(entry, entry.proposal ?? [], style, cells), narrowest: 12 },
    { cell: ({ songs }) => countOf(songs, 'song'), align: 'right', isOptional: true },
    { cell: (entry, cells) => style.words(whyProposed(entry), cells), narrowest: 8 },
  ]
}

function becomes(
  entry: PlanEntry,
  tags: readonly string[],
  style: Style,
  cells = Number.POSITIVE_INFINITY,
): string {
  if (tags.length === 0) return ''
  const asked = needsReview(entry) ? '?' : ''
  const lead = `${style.glyph.arrow} `
  return `${lead}${style.name(tags.join(' + '), cells - lead.length - asked.length)}${asked}`
}
