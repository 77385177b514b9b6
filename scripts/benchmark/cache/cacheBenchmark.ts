import type { CatalogSnapshot, CatalogTag } from '../../../src/features/tags/catalog/types.ts'
import type { Benchmark, BenchmarkOptions, BenchmarkRun, Report } from '../benchmark.ts'
import { describeMachine } from '../machine.ts'
import { syntheticTags } from '../matcher/syntheticTags.ts'
import { type Figure, result } from '../result.ts'
import { median, percentile } from '../statistics.ts'
import { type BrowserPages, openBrowserPages } from './browserPage.ts'
import { FIGURES } from './figureNames.ts'
import type { Measurements } from './page/measurements.ts'
import type { ReplayedDay } from './page/replayDay.ts'
import type { Restored } from './page/restoreCatalog.ts'
import { typingDay } from './typingDay.ts'

declare const measurements: Measurements

const TAGS = 5000
const PEOPLE = 100
/** Times as long as lru-cache. */
const MEMORY_RATIO = 1.3
/** ms */
const RESTORE_MS = 50
/** A hit ratio of 95%. */
const MISSES = 0.05
/** To see only that it works. */
const QUICK = { people: 1, reloads: 3 }

/** What the cache costs and saves, in a real browser. */
export const cacheBenchmark: Benchmark = { figures: FIGURES, atAnySize: ['cache.memory.ratio'], run }

async function run({ runs, isQuick, report }: BenchmarkOptions): Promise<BenchmarkRun> {
  const tags = syntheticTags(TAGS).toSorted((a, b) => b.usage - a.usage)
  report('Building the page and starting Chromium')
  const pages = await openBrowserPages('scripts/benchmark/cache/page/measurements.ts')
  try {
    const figures = [
      ...(await memoryFigures(pages, runs, report)),
      ...(await restoreFigures(pages, tags, isQuick ? QUICK.reloads : 20 * runs, report)),
      ...(await dayFigures(pages, tags, isQuick ? QUICK.people : PEOPLE, report)),
    ]
    return { machine: await describeMachine(), results: figures.map(result) }
  } finally {
    await pages.close()
  }
}

async function memoryFigures(pages: BrowserPages, runs: number, report: Report): Promise<Figure[]> {
  report('Reading from memory')
  const { page, context } = await pages.openDevice()
  const times = await page.evaluate((rounds) => measurements.measureMemory(rounds), 5 * runs)
  await context.close()
  const [ours, sameLimits, bare] = [median(times.ours), median(times.sameLimits), median(times.bare)]
  return [
    {
      name: 'cache.memory.ratio',
      value: ours / sameLimits,
      unit: 'times',
      target: MEMORY_RATIO,
      peer: { name: 'lru-cache', value: 1 },
    },
    { name: 'cache.memory.read', value: ours, unit: 'ns', peer: { name: 'lru-cache', value: sameLimits } },
    {
      name: 'cache.memory.bare',
      value: ours,
      unit: 'ns',
      peer: { name: 'lru-cache without limits', value: bare },
    },
  ]
}

async function restoreFigures(
  pages: BrowserPages,
  tags: readonly CatalogTag[],
  samples: number,
  report: Report,
): Promise<Figure[]> {
  report(`Restoring a catalogue of ${tags.length} tags, ${samples} times each way`)
  const { page, context } = await pages.openDevice()
  const snapshot: CatalogSnapshot = { version: '1', tags }
  await page.evaluate((catalog) => measurements.store(catalog), snapshot)
  const ours: Restored[] = []
  const theirs: Restored[] = []
  for (let n = 0; n < samples; n += 1) {
    await page.reload()
    ours.push(await page.evaluate(() => measurements.restore()))
    await page.reload()
    theirs.push(await page.evaluate(() => measurements.restoreObject()))
  }
  await context.close()
  const figure = (name: string, of: (times: Restored[]) => number, target: number | null): Figure => ({
    name,
    value: of(ours),
    unit: 'ms',
    target,
    peer: { name: 'idb-keyval, as an object', value: of(theirs) },
  })
  const ms = (times: Restored[]) => times.map((each) => each.ms)
  return [
    figure('cache.restore.p95', (times) => percentile(ms(times), 0.95), RESTORE_MS),
    figure('cache.restore.p50', (times) => median(ms(times)), null),
    figure('cache.restore.read', (times) => median(times.map(({ readMs }) => readMs)), null),
  ]
}

async function dayFigures(
  pages: BrowserPages,
  tags: readonly CatalogTag[],
  people: number,
  report: Report,
): Promise<Figure[]> {
  const day = typingDay(people, tags)
  const total: ReplayedDay = {
    keys: 0,
    missedKeys: 0,
    staleKeys: 0,
    requests: 0,
    choices: 0,
    missedChoices: 0,
  }
  for (const [n, events] of day.people.entries()) {
    if (n % 20 === 0) report(`Replaying the day of ${people} people: ${n}`)
    const { page, context } = await pages.openDevice()
    const replayed = await page.evaluate((one) => measurements.replayDay(one), {
      tags,
      events,
      edits: day.edits,
    })
    await context.close()
    for (const name of Object.keys(total) as (keyof ReplayedDay)[]) total[name] += replayed[name]
  }
  return [
    {
      name: 'cache.day.misses',
      value: total.missedKeys / total.keys,
      unit: 'of key presses',
      target: MISSES,
    },
    { name: 'cache.day.stale', value: total.staleKeys / total.keys, unit: 'of key presses' },
    {
      name: 'cache.day.requests',
      value: total.requests / people,
      unit: 'requests',
      peer: { name: 'one at every key', value: total.keys / people },
    },
    { name: 'cache.day.tags.misses', value: total.missedChoices / total.choices, unit: 'of reads' },
    { name: 'cache.day.keys', value: total.keys, unit: 'key presses' },
  ]
}
