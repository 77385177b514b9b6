import { type KillRunResult, killRun } from './killRun.ts'
import { undisturbedRun } from './reference.ts'
import { type Cluster, dropDatabase, prepareSongbook } from './songbook.ts'

export interface KillRunsOptions {
  cluster: Cluster
  /** Name of a database with the migrations applied. */
  migrated: string
  songs: number
  randomSeed: string
  /** Numbers of the runs; with the seed they decide every moment. */
  runs: readonly number[]
  /** Whether every run also goes back and forward once more, or every other one. */
  back: 'every' | 'every-other'
  /** Runs at a time. */
  parallel: number
  onRun?: (result: KillRunResult) => void
}

/** Kills real processes at seeded moments against a real PostgreSQL. @throws Error when it does not work undisturbed */
export async function killRuns(options: KillRunsOptions): Promise<KillRunResult[]> {
  const { cluster, randomSeed } = options
  const template = await prepareSongbook(cluster, options.migrated, options.songs)
  try {
    const reference = await undisturbedRun(cluster, template)
    const results: KillRunResult[] = []
    const waiting = options.runs.values()
    const work = async () => {
      for (const run of waiting) {
        const andBack = options.back === 'every' || run % 2 === 0
        const result = await killRun({ cluster, template, reference, randomSeed, run, andBack })
        results.push(result)
        options.onRun?.(result)
      }
    }
    await Promise.all(Array.from({ length: options.parallel }, work))
    return results.toSorted((a, b) => a.run - b.run)
  } finally {
    await dropDatabase(cluster, template)
  }
}
