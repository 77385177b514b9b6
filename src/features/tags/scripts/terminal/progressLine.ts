import { count, countOf, roughly } from '../../../../lib/numbers.ts'
import type { MigrationProgress } from '../../migration/types.ts'
import { displayWidth } from './displayWidth.ts'
import { labelled } from './flow.ts'
import type { Style } from './style.ts'

export type Progress = Pick<
  MigrationProgress,
  'processedCount' | 'totalCount' | 'estimatedCompletion' | 'rate' | 'batchSize' | 'retries'
>

const WIDEST_BAR = 20
const NARROWEST_BAR = 6

/**
 * One line, always narrower than the terminal so that it never wraps: a bar and what matters, the least of it left out
 * first.
 */
export function progressLine(
  label: string,
  progress: Progress,
  style: Style,
  width: number,
  now = Date.now(),
): string {
  const facts = factsOf(progress, now)
  const room = width - 1 - displayWidth(labelled(label))
  while (facts.length > 1 && NARROWEST_BAR + 2 + lengthOf(facts) > room) facts.splice(leastOf(facts), 1)
  const barCells = Math.min(WIDEST_BAR, room - 2 - lengthOf(facts))
  const bar = barCells >= NARROWEST_BAR ? `${barOf(progress, style, barCells)}  ` : ''
  return labelled(label) + bar + facts.map((fact) => fact.text).join('  ')
}

interface Fact {
  text: string
  /** The smaller, the sooner it is left out. */
  worth: number
}

function factsOf(progress: Progress, now: number): Fact[] {
  const { processedCount, totalCount, rate, estimatedCompletion, batchSize, retries } = progress
  const left = estimatedCompletion === undefined ? undefined : estimatedCompletion.getTime() - now
  return [
    // Filled up, so that the bar does not move with every digit.
    { text: `${count(processedCount).padStart(count(totalCount).length)}/${count(totalCount)}`, worth: 10 },
    ...(rate > 0 ? [{ text: `${count(rate).padStart(5)} songs/s`, worth: 3 }] : []),
    ...(left !== undefined && left > 0 ? [{ text: `${roughly(left)} left`, worth: 5 }] : []),
    ...(batchSize > 0 ? [{ text: `batch ${count(batchSize)}`, worth: 1 }] : []),
    // Where there are none, that is worth little; where there are some, somebody should see it.
    { text: countOf(retries, 'retry', 'retries'), worth: retries > 0 ? 8 : 2 },
  ]
}

function lengthOf(facts: readonly Fact[]): number {
  return facts.reduce((length, { text }) => length + text.length + 2, -2)
}

function leastOf(facts: readonly Fact[]): number {
  const least = Math.min(...facts.map((fact) => fact.worth))
  return facts.findIndex((fact) => fact.worth === least)
}

function barOf({ processedCount, totalCount }: Progress, { paint, glyph }: Style, cells: number): string {
  const share = totalCount === 0 ? 1 : Math.min(1, processedCount / totalCount)
  const full = Math.floor(share * cells)
  return paint.cyan(glyph.full.repeat(full)) + paint.dim(glyph.empty.repeat(cells - full))
}

/** The same for a log, which keeps every line. */
export function progressSentence(label: string, progress: Progress, now = Date.now()): string {
  const { processedCount, totalCount, batchSize, ...rest } = progress
  const share = totalCount === 0 ? 100 : Math.floor((processedCount / totalCount) * 100)
  const [, ...facts] = factsOf({ processedCount, totalCount, batchSize, ...rest }, now)
  const done = `${count(processedCount)} of ${countOf(totalCount, 'song')} (${share}%)`
  return labelled(label) + [done, ...facts.map((fact) => fact.text.trim())].join(', ')
}
