import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as z from 'zod/mini'
import { projectRoot } from '../stack/project.ts'
import type { ChaosRunResult } from './chaosRun.ts'

const countsSchema = z.record(z.string(), z.number())

const tallySchema = z.object({
  runs: z.number(),
  edits: z.number(),
  /** How often each fault struck. */
  faults: countsSchema,
  /** How often a server process was ended at each boundary. */
  boundaries: countsSchema,
  /** Runs that differed. */
  divergences: z.number(),
  /** Runs of each random seed, `SEED/FIRST-LAST`. */
  seeds: z.array(z.string()),
})

/** What all runs together came to. */
export type Tally = z.infer<typeof tallySchema>

const stateFile = join(projectRoot, '.chaos/tally.json')

export const NOTHING: Tally = { runs: 0, edits: 0, faults: {}, boundaries: {}, divergences: 0, seeds: [] }

/** What earlier sessions left; nothing when there were none. */
export async function readTally(): Promise<Tally> {
  const text = await readFile(stateFile, 'utf8').catch(() => undefined)
  return text === undefined ? NOTHING : tallySchema.parse(JSON.parse(text))
}

export async function saveTally(tally: Tally): Promise<void> {
  await mkdir(dirname(stateFile), { recursive: true })
  await writeFile(stateFile, `${JSON.stringify(tally, null, 2)}\n`)
}

/** The tally with one session's runs added. */
export function addRuns(tally: Tally, randomSeed: string, results: readonly ChaosRunResult[]): Tally {
  const faults = { ...tally.faults }
  const boundaries = { ...tally.boundaries }
  for (const { fault, strikes } of results) {
    faults[fault] = (faults[fault] ?? 0) + strikes.length
    if (fault !== 'end-at-boundary') continue
    for (const place of strikes) boundaries[place] = (boundaries[place] ?? 0) + 1
  }
  const numbers = results.map(({ run }) => run)
  const session = `${randomSeed}/${Math.min(...numbers)}-${Math.max(...numbers)}`
  return {
    runs: tally.runs + results.length,
    edits: tally.edits + results.reduce((sum, { edits }) => sum + edits, 0),
    faults,
    boundaries,
    divergences: tally.divergences + results.filter(({ divergences }) => divergences.length > 0).length,
    seeds: results.length === 0 ? tally.seeds : [...tally.seeds, session],
  }
}

/** @returns the number of the first run of this random seed that no session has made */
export function nextRun({ seeds }: Tally, randomSeed: string): number {
  const ends = seeds.flatMap((session) => {
    const end = session.startsWith(`${randomSeed}/`) ? session.split('-').at(-1) : undefined
    return end === undefined ? [] : [Number(end)]
  })
  return Math.max(0, ...ends) + 1
}
