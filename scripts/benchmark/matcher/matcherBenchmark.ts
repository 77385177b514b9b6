import type { CatalogTag } from '../../../src/features/tags/catalog/types.ts'
import type { Benchmark, BenchmarkOptions, BenchmarkRun, Report } from '../benchmark.ts'
import { describeMachine } from '../machine.ts'
import { type Figure, result } from '../result.ts'
import { median, percentile } from '../statistics.ts'
import { type Contender, fuse, ours, peers } from './contenders.ts'
import { FIGURES } from './figureNames.ts'
import { labels } from './labels.ts'
import { measureBuild, measureBuilds, measureLongestSlice } from './measureBuilds.ts'
import { measureQuality, type Quality, type QualityByKind } from './measureQuality.ts'
import { measureTimes, type Times } from './measureTimes.ts'
import type { Label } from './parseLabels.ts'
import { syntheticTags } from './syntheticTags.ts'

const TAGS = 10_000
const MANY_TAGS = 100_000
/** To see only that it works, with a part of the queries; there is no larger catalogue then. */
const QUICK_TAGS = 1000

/** Milliseconds. */
const PREFIX_MS = 0.05
const TYPO_MS = 0.3
const MANY_PREFIX_MS = 0.2
const MANY_TYPO_MS = 1
/** At least five times as fast. */
const MIX_RATIO = 0.2
/** Milliseconds. */
const BUILD_MS = 50
/** Milliseconds: half of the time between two frames. */
const SLICE_MS = 8

/** Peers that take seconds a query are left out at 100,000 tags, and most queries. */
const TOO_SLOW = 'match-sorter'
const EVERY = 8

/** How fast and how well tags are found while somebody types, against libraries that do the same. */
export const matcherBenchmark: Benchmark = { figures: FIGURES, atAnySize: [], run }

async function run({ runs, isQuick, report }: BenchmarkOptions): Promise<BenchmarkRun> {
  const tags = inOrder(syntheticTags(isQuick ? QUICK_TAGS : TAGS))
  const first = measureBuild(tags)
  report(`Building ${tags.length} tags`)
  const builds = measureBuilds([ours, ...peers], tags)
  const asked = isQuick ? someOfEachKind : labels
  const figures = [
    buildFigure(builds),
    { name: 'matcher.build.first', value: first, unit: 'ms' },
    { name: 'matcher.build.slice', value: await measureLongestSlice(tags), unit: 'ms', target: SLICE_MS },
    ...timeFigures(tags, asked, runs, report),
    ...qualityFigures(tags, asked, report),
    ...(isQuick ? [] : manyFigures(inOrder(syntheticTags(MANY_TAGS)), runs, report)),
  ]
  return { machine: await describeMachine(), results: figures.map(result) }
}

/** Standard tags first, then by usage: the order in which contenders leave what they find alike. */
function inOrder(tags: readonly CatalogTag[]): CatalogTag[] {
  return tags.toSorted((a, b) => Number(b.isStandard) - Number(a.isStandard) || b.usage - a.usage)
}

const queries = labels.map(({ query }) => query)
const someOfEachKind = kinds().flatMap((kind) =>
  labels.filter((label) => label.kind === kind).filter((_, i) => i % EVERY === 0),
)
const typoQueries = labels.filter(({ kind }) => kind.includes('typo')).map(({ query }) => query)
const prefixes = [
  ...new Set(
    labels
      .filter(({ kind }) => kind === 'prefix')
      .flatMap(({ query }) => Array.from(query, (_, i) => query.slice(0, i + 1))),
  ),
]

function buildFigure(builds: ReadonlyMap<string, number>): Figure {
  const [fastest = '', fastestMs = 0] =
    [...builds].filter(([name]) => name !== ours.name).sort(([, a], [, b]) => a - b)[0] ?? []
  return {
    name: 'matcher.build',
    value: builds.get(ours.name) ?? 0,
    unit: 'ms',
    target: BUILD_MS,
    peer: { name: fastest, value: fastestMs },
  }
}

function timeFigures(
  tags: readonly CatalogTag[],
  asked: readonly Label[],
  runs: number,
  report: Report,
): Figure[] {
  const search = ours.build(tags)
  report('Timing prefixes and typos')
  const prefixMs = timesOf(measureTimes([{ name: ours.name, search }], prefixes, 5 * runs), ours)
  const typoMs = timesOf(measureTimes([{ name: ours.name, search }], typoQueries, 5 * runs), ours)
  report('Timing all queries against the peers')
  const times = measureTimes(
    [ours, ...peers].map(({ name, build }) => ({ name, search: build(tags) })),
    asked.map(({ query }) => query),
    runs,
  )
  return [
    { name: 'matcher.prefix.p50', value: median(prefixMs), unit: 'ms' },
    { name: 'matcher.prefix.p95', value: percentile(prefixMs, 0.95), unit: 'ms', target: PREFIX_MS },
    { name: 'matcher.typo.p50', value: median(typoMs), unit: 'ms' },
    { name: 'matcher.typo.p95', value: percentile(typoMs, 0.95), unit: 'ms', target: TYPO_MS },
    ratioFigure('matcher.mix.ratio', times, peers),
    ...peers.map((peer) => ({
      name: `matcher.mix.${peer.name}`,
      value: mean(timesOf(times, ours)),
      unit: 'ms',
      peer: { name: peer.name, value: mean(timesOf(times, peer)) },
    })),
    ...kinds().map((kind) => kindTimeFigure(kind, asked, times)),
  ]
}

function manyFigures(tags: readonly CatalogTag[], runs: number, report: Report): Figure[] {
  report(`Timing ${tags.length} tags`)
  const build = median(Array.from({ length: 3 }, () => measureBuild(tags)))
  const search = ours.build(tags)
  const prefixMs = timesOf(measureTimes([{ name: ours.name, search }], prefixes, 5 * runs), ours)
  const typoMs = timesOf(measureTimes([{ name: ours.name, search }], typoQueries, 5 * runs), ours)
  const rivals = peers.filter(({ name }) => name !== TOO_SLOW)
  const times = measureTimes(
    [ours, ...rivals].map((contender) => ({ name: contender.name, search: contender.build(tags) })),
    queries.filter((_, i) => i % EVERY === 0),
    runs,
  )
  return [
    { name: 'matcher.100k.build', value: build, unit: 'ms' },
    {
      name: 'matcher.100k.prefix.p95',
      value: percentile(prefixMs, 0.95),
      unit: 'ms',
      target: MANY_PREFIX_MS,
    },
    { name: 'matcher.100k.typo.p95', value: percentile(typoMs, 0.95), unit: 'ms', target: MANY_TYPO_MS },
    ratioFigure('matcher.100k.mix.ratio', times, rivals),
  ]
}

function qualityFigures(tags: readonly CatalogTag[], asked: readonly Label[], report: Report): Figure[] {
  report('Judging what is found')
  const quality = (contender: Contender) => measureQuality(asked, contender.build(tags))
  const our = quality(ours)
  const oracle = quality(fuse)
  const all = qualityOf(our, 'all')
  const fuseAll = qualityOf(oracle, 'all')
  const peer = (name: string, value: number) => ({ peer: { name, value } })
  return [
    missed('matcher.missed', all, { target: fuseAll.missed, ...peer(fuse.name, fuseAll.missed) }),
    falseOnes('matcher.false', all, { target: fuseAll.falseOnes, ...peer(fuse.name, fuseAll.falseOnes) }),
    ...peers.flatMap((contender) => {
      const theirs = qualityOf(quality(contender), 'all')
      return [
        missed(`matcher.missed.${contender.name}`, all, peer(contender.name, theirs.missed)),
        falseOnes(`matcher.false.${contender.name}`, all, peer(contender.name, theirs.falseOnes)),
      ]
    }),
    ...kinds().flatMap((kind) => {
      const ofOurs = qualityOf(our, kind)
      const ofFuse = qualityOf(oracle, kind)
      return [
        ...(kind === 'none'
          ? []
          : [missed(`matcher.missed.${kind}`, ofOurs, peer(fuse.name, ofFuse.missed))]),
        falseOnes(`matcher.false.${kind}`, ofOurs, peer(fuse.name, ofFuse.falseOnes)),
      ]
    }),
  ]
}

type Rest = Pick<Figure, 'target' | 'peer'>

function missed(name: string, quality: Quality, rest: Rest): Figure {
  return { name, value: quality.missed, unit: 'of expected', ...rest }
}

function falseOnes(name: string, quality: Quality, rest: Rest): Figure {
  return { name, value: quality.falseOnes, unit: 'a query', ...rest }
}

function ratioFigure(name: string, times: Times, rivals: readonly Contender[]): Figure {
  const fastest = Math.min(...rivals.map((rival) => mean(timesOf(times, rival))))
  const rival = rivals.find((candidate) => mean(timesOf(times, candidate)) === fastest)
  return {
    name,
    value: mean(timesOf(times, ours)) / fastest,
    unit: 'times',
    target: MIX_RATIO,
    peer: { name: rival?.name ?? '', value: 1 },
  }
}

function kindTimeFigure(kind: string, asked: readonly Label[], times: Times): Figure {
  const p95 = (contender: Contender) =>
    percentile(
      timesOf(times, contender).filter((_, i) => asked[i]?.kind === kind),
      0.95,
    )
  const [fastest] = peers
    .map((peer) => ({ name: peer.name, value: p95(peer) }))
    .sort((a, b) => a.value - b.value)
  return { name: `matcher.p95.${kind}`, value: p95(ours), unit: 'ms', ...(fastest && { peer: fastest }) }
}

function kinds() {
  return [...new Set(labels.map(({ kind }) => kind))]
}

function timesOf(times: Times, { name }: Contender): readonly number[] {
  return times.get(name) ?? []
}

function qualityOf(quality: QualityByKind, kind: Parameters<QualityByKind['get']>[0]): Quality {
  return quality.get(kind) ?? { missed: 0, falseOnes: 0 }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
