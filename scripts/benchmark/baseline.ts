import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot } from '../stack/project.ts'
import type { BenchmarkResult } from './result.ts'

/** What docs/performance.md says of a benchmark: ratios to peers of the same run, and what was measured with. */
export interface Baseline {
  songs: number
  runs: number
  /** By figure. No times: they say more about a machine than about the code. */
  ratios: Readonly<Record<string, number>>
}

/** A figure that has become worse against its peer. */
export interface Regression {
  name: string
  before: number
  now: number
}

/** How much worse a ratio may be, so that noise is no news: half as much again, or twice its own spread. */
const TOLERANCE = 0.5
/** What the page leaves of a ratio: two digits after the point. */
const ROUNDED = 0.005

/** The figures of a benchmark that are worse against their peers than they were. Those without a ratio are not looked at. */
export function regressions({ ratios }: Baseline, results: readonly BenchmarkResult[]): Regression[] {
  return results.flatMap(({ name, ratio, spread = 0 }) => {
    const before = ratios[name]
    if (before === undefined || ratio === null) return []
    const most = (before + ROUNDED) * (1 + Math.max(TOLERANCE, 2 * spread))
    return ratio > most ? { name, before, now: ratio } : []
  })
}

/** @returns null for a benchmark whose figures nobody has written yet */
export async function readBaseline(name: string): Promise<Baseline | null> {
  return baselineIn(await readFile(join(projectRoot, 'docs/performance.md'), 'utf8'), name)
}

/** The page is the store, so that what is compared with is what people read. Finds what `writeDocs` has written. */
export function baselineIn(page: string, name: string): Baseline | null {
  const [, figures = ''] = page.split(`<!-- begin figures: ${name} -->\n`)
  const [written = ''] = figures.split(`<!-- end figures: ${name} -->\n`)
  const [, songs, runs] = /--songs (\d+) --runs (\d+)/.exec(written) ?? []
  if (songs === undefined || runs === undefined) return null
  const ratios = written.split('\n').flatMap((line) => {
    const [, figure, , , , ratio] = line.split('|').map((cell) => cell.trim())
    return figure?.startsWith(`${name}.`) && ratio ? [[figure, Number(ratio)] as const] : []
  })
  return { songs: Number(songs), runs: Number(runs), ratios: Object.fromEntries(ratios) }
}
