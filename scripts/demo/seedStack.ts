import type { Screen } from '../../src/features/tags/scripts/terminal/screen.ts'
import { type SeedReport, seed } from '../seed/seed.ts'
import { formatSummary } from '../seed/summarizeSongs.ts'
import type { RunningStack } from '../stack/findRunningStack.ts'
import { DEMO_RANDOM_SEED } from './demoSongs.ts'

const whole = new Intl.NumberFormat('en')

/** Fills an empty stack with made-up songs and says what they are like. */
export async function seedStack(stack: RunningStack, songs: number, screen: Screen): Promise<SeedReport> {
  const report = await seed({
    dbUrl: stack.dbUrl,
    source: { songs },
    randomSeed: DEMO_RANDOM_SEED,
    whenNotEmpty: 'refuse',
    onProgress: (done, total) =>
      screen.wait('Seeding', `${whole.format(done)} of ${whole.format(total)} songs`),
  })
  for (const line of formatSummary(report).trimEnd().split('\n')) screen.line(line)
  return report
}
