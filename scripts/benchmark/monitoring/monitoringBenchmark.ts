import { build, type Histogram } from 'hdr-histogram-js'
import { TagCache } from '../../../src/features/tags/cache/tagCache.ts'
import { createTagMatcher } from '../../../src/features/tags/catalog/tagMatcher.ts'
import { PerformanceTracker } from '../../../src/features/tags/monitoring/performanceTracker.ts'
import { Sketch } from '../../../src/features/tags/monitoring/sketch.ts'
import { SeededRandom } from '../../seed/seededRandom.ts'
import type { Benchmark, BenchmarkOptions, BenchmarkRun } from '../benchmark.ts'
import { describeMachine } from '../machine.ts'
import { labels } from '../matcher/labels.ts'
import { syntheticTags } from '../matcher/syntheticTags.ts'
import { type Figure, result } from '../result.ts'
import { percentile } from '../statistics.ts'
import { FIGURES, type FigureName } from './figureNames.ts'
import { timed } from './timed.ts'

/** ns */
const TRACK = 500
const SHARE = 0.01
const BYTES = 1000
const ERROR = 0.01
const CALLS = 10_000
/** Of a memory that times one read of so many (tagCache.ts). */
const TIMED_EVERY = 64

/** What it costs to know how fast the songbook is. */
export const monitoringBenchmark: Benchmark = { figures: FIGURES, atAnySize: Object.keys(FIGURES), run }

async function run({ report }: BenchmarkOptions): Promise<BenchmarkRun> {
  const values = responseTimes()
  report('Tracking…')
  const figures = [...trackFigures(values), ...shareFigures(values), ...sketchFigures(values)]
  return { machine: await describeMachine(), results: figures.map(result) }
}

/** ms, as people see them: most around 20, a few a hundred times as long. */
function responseTimes(): number[] {
  const random = new SeededRandom('response times')
  return Array.from({ length: CALLS }, () => {
    const normal = Math.sqrt(-2 * Math.log(1 - random.float())) * Math.cos(2 * Math.PI * random.float())
    return 20 * Math.exp(0.8 * normal)
  })
}

function newHistogram(): Histogram {
  return build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: 600_000_000,
    numberOfSignificantValueDigits: 2,
  })
}

function trackFigures(values: readonly number[]): NamedFigure[] {
  const tracker = new PerformanceTracker()
  const sampling = new PerformanceTracker({ oneIn: { 'tags.autocomplete': 4 } })
  const histogram = newHistogram()
  let kept: number[] = []
  const ns = timed(
    {
      all: (ms) => tracker.track('tags.autocomplete', ms, 'local'),
      sampled: (ms) => sampling.track('tags.autocomplete', ms, 'local'),
      histogram: (ms) => histogram.recordValue(Math.round(ms * 1000)),
      array: (ms) => {
        if (kept.length === CALLS) kept = []
        kept.push(ms)
      },
    },
    values,
  )
  const peer = { name: 'hdr-histogram-js', value: ns.histogram }
  return [
    { name: 'monitoring.track', value: ns.all, unit: 'ns', target: TRACK, peer },
    { name: 'monitoring.track.array', value: ns.all, unit: 'ns', peer: { name: 'array', value: ns.array } },
    { name: 'monitoring.track.sampled', value: ns.sampled, unit: 'ns', target: TRACK, peer },
  ]
}

function shareFigures(values: readonly number[]): NamedFigure[] {
  const tracker = new PerformanceTracker({ oneIn: { 'tags.autocomplete': 4 } })
  const sketch = new Sketch()
  const matcher = createTagMatcher(syntheticTags(10_000))
  const memory = new TagCache({ ttl: 60_000, maxSize: 1000, maxBytes: 1e7 })
  for (let n = 0; n < 500; n += 1)
    memory.set(`tag:${n}`, { data: n, timestamp: Date.now(), hits: 0, lastAccessed: 0, tags: [] })
  let place = 0
  const ns = timed(
    {
      tracking: () => {
        const start = performance.now()
        tracker.track('tags.autocomplete', performance.now() - start, 'local')
      },
      suggesting: () => {
        place = (place + 1) % labels.length
        matcher.suggest(labels[place]?.query ?? '', { limit: 6 })
      },
      counting: (ms) => sketch.record(ms, TIMED_EVERY),
      reading: (ms) => memory.get(`tag:${Math.floor(ms) % 500}`),
    },
    values.slice(0, 2000),
  )
  return [
    {
      name: 'monitoring.share.autocomplete',
      value: ns.tracking / ns.suggesting,
      unit: 'of the time',
      target: SHARE,
    },
    {
      name: 'monitoring.share.read',
      value: ns.counting / TIMED_EVERY / ns.reading,
      unit: 'of the time',
      target: SHARE,
    },
  ]
}

function sketchFigures(values: readonly number[]): NamedFigure[] {
  const sketch = new Sketch()
  const histogram = newHistogram()
  for (const ms of values) {
    sketch.record(ms)
    histogram.recordValue(Math.round(ms * 1000))
  }
  const bytes = (name: FigureName, peer: string, value: number): NamedFigure => ({
    name,
    value: sketch.byteLength,
    unit: 'bytes',
    target: BYTES,
    peer: { name: peer, value },
  })
  const worst = (percentileOf: (share: number) => number) =>
    Math.max(
      ...[0.5, 0.95, 0.99].map((share) => {
        const exact = percentile(values, share)
        return Math.abs(percentileOf(share) - exact) / exact
      }),
    )
  return [
    bytes('monitoring.bytes', 'hdr-histogram-js', histogram.estimatedFootprintInBytes),
    bytes('monitoring.bytes.array', 'array', 8 * CALLS),
    {
      name: 'monitoring.error',
      value: worst((share) => sketch.percentile(share) ?? 0),
      unit: 'of itself',
      target: ERROR,
      peer: {
        name: 'hdr-histogram-js',
        value: worst((share) => histogram.getValueAtPercentile(share * 100) / 1000),
      },
    },
  ]
}

interface NamedFigure extends Figure {
  name: FigureName
}
