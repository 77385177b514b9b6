import type { Benchmark, BenchmarkOptions, BenchmarkRun } from '../benchmark.ts'
import { describeMachine } from '../machine.ts'
import { startOwnStack } from '../ownStack.ts'
import type { BenchmarkResult } from '../result.ts'
import { FIGURES } from './figureNames.ts'
import { fixedSizeFigures, growthFigures, lookAlikeFigures, migrationFigures } from './figures.ts'
import { measureSize, type SizeMeasurements } from './measureSize.ts'

/** The size that the owner's promise of ten seconds speaks of. */
const PROMISED_SONGS = 10_000

/** The command line's whole migration against one single transaction; and how it grows. */
export const migrationBenchmark: Benchmark = {
  figures: FIGURES,
  atAnySize: ['migration.call.longest', 'migration.cli.memory', 'migration.normalize.lookAlikes'],
  run,
}

async function run({ songs, runs, report }: BenchmarkOptions): Promise<BenchmarkRun> {
  const stack = await startOwnStack()
  try {
    const bySize = new Map<number, SizeMeasurements>()
    const tenth = Math.ceil(songs / 10)
    const sizes = new Set([tenth, ...(songs >= PROMISED_SONGS ? [PROMISED_SONGS] : []), songs])
    for (const size of sizes) {
      const isMain = size === songs
      const measured = await measureSize(stack, {
        songs: size,
        rounds: isMain ? runs : 1,
        profiles: isMain ? ['auto', 'polite', 'quiet'] : ['auto'],
        report: (message) => report(`${size.toLocaleString('en')} songs: ${message}`),
      })
      bySize.set(size, measured)
    }
    return { machine: await describeMachine(stack.sql), results: figuresOf(bySize, songs, tenth) }
  } finally {
    await stack.stop()
  }
}

function figuresOf(
  bySize: ReadonlyMap<number, SizeMeasurements>,
  songs: number,
  tenth: number,
): BenchmarkResult[] {
  const main = bySize.get(songs)
  const small = bySize.get(tenth)
  const promised = bySize.get(PROMISED_SONGS)
  if (!main || !small) throw new Error('A size was not measured.')
  return [
    ...migrationFigures(main, songs),
    ...growthFigures(main, small),
    ...(promised ? fixedSizeFigures(promised) : []),
    ...lookAlikeFigures(),
  ]
}
