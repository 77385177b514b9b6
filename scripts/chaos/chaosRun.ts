import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SeededRandom } from '../seed/seededRandom.ts'
import type { Boundary } from './boundaries/installBoundaries.ts'
import type { FaultName } from './faults/faultNames.ts'
import type { Place } from './songbook/openSongbook.ts'
import { openSongbook } from './songbook/openSongbook.ts'
import { Trial } from './trial.ts'

export interface ChaosRunOptions extends Place {
  randomSeed: string
  /** Counts from 1; with the seed it decides everything but who is faster. */
  run: number
  fault: FaultName
  boundaries: readonly Boundary[]
  /** Longest pause of a writer between two edits, milliseconds. */
  pauseMs: number
}

export interface ChaosRunResult {
  run: number
  fault: FaultName
  /** Where faults struck. */
  strikes: string[]
  /** Edits that people made meanwhile. */
  edits: number
  /** Processes that it took. */
  processes: number
  form: string
  /** What differs from what must be; empty when nothing does. */
  divergences: string[]
  durationMs: number
}

/** One songbook, migrated and taken back under a fault while people write. */
export async function chaosRun(options: ChaosRunOptions): Promise<ChaosRunResult> {
  const started = performance.now()
  const { run, fault, randomSeed } = options
  const folder = await mkdtemp(join(tmpdir(), 'chaos-'))
  const deaths = options.apiHost.deaths.length
  const book = await openSongbook(options)
  const random = new SeededRandom(`${randomSeed}/chaos/${run}`)
  const planPath = join(folder, 'plan.json')
  const trial = new Trial(book, { ...options, random, planPath })
  try {
    await trial.run((plan) => writeFile(planPath, plan))
  } catch (error) {
    trial.divergences.push(error instanceof Error ? error.message : String(error))
  } finally {
    await trial.end()
    await book.drop()
    await rm(folder, { recursive: true, force: true })
  }
  const died = options.apiHost.deaths.slice(deaths).map((said) => `the API's process died: ${said}`)
  const { strikes, edits, processes, form, divergences } = trial
  const durationMs = performance.now() - started
  return { run, fault, strikes, edits, processes, form, divergences: [...divergences, ...died], durationMs }
}
