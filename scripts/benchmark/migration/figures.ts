import { durationsOf, longestCallOf } from '../probeReport.ts'
import { type BenchmarkResult, type Figure, result } from '../result.ts'
import { median, percentile, spread } from '../statistics.ts'
import type { FigureName } from './figureNames.ts'
import { normalizeLookAlikes } from './lookAlikes.ts'
import type { MeasuredCommand } from './measureCommand.ts'
import type { SizeMeasurements } from './measureSize.ts'
import { BATCH, lengthOf, PHASES, phasesOf } from './phases.ts'

const PEER = 'single SQL transaction'

/** Below this size the process's own start outweighs the work, and nothing was promised. */
const RATIO_PROMISED_FROM = 100_000
const RATIO_TARGET = 2
/** Of a maintenance hour; and with so many songs that no cache holds them. */
const QUIET_TARGET = 1
const QUIET_TARGET_OF_MILLION = 1.3
const MILLION = 1_000_000
/** Of the time from the first batch to the last. */
const VALIDATION_SHARE = 0.15
const SECONDS_FOR_10K = 10
/** Milliseconds: the design's limit for any call. */
const LONGEST_CALL = 2000
const MEMORY_GROWTH_TARGET = 1.2
/** Four times the themes: comparing each with each would take sixteen times as long. */
const LOOK_ALIKES = { few: 5000, many: 20_000 }
const LOOK_ALIKES_TARGET = 8

interface NamedFigure extends Figure {
  name: FigureName
}

/** Everything about the size that was asked for. */
export function migrationFigures(measured: SizeMeasurements, songs: number): BenchmarkResult[] {
  const target = songs >= RATIO_PROMISED_FROM ? RATIO_TARGET : null
  const { auto, polite, quiet } = measured.migrate
  const phases = auto.map((run) => phasesOf(run.probe))
  const batches = auto.flatMap((run) => durationsOf(run.probe, BATCH))
  return named([
    ...againstPeer('migration.cli', auto, measured, target),
    { name: 'migration.cli.total.spread', value: spread(auto.map((run) => run.wallMs)), unit: 'of median' },
    { name: 'migration.peer.total.spread', value: spread(measured.singleTransactionMs), unit: 'of median' },
    ...againstPeer('migration.cli.polite', polite, measured, target),
    ...againstPeer('migration.cli.quiet', quiet, measured, quietTarget(songs)),
    ...PHASES.map(
      (phase): NamedFigure => ({
        name: `migration.${phase}`,
        value: median(phases.map((one) => lengthOf(one[phase]))) / 1000,
        unit: 's',
      }),
    ),
    {
      name: 'migration.validate.share',
      value: median(phases.map((one) => lengthOf(one.validate) / lengthOf(one.migrate))),
      unit: 'of migrating',
      target: target === null ? null : VALIDATION_SHARE,
    },
    {
      name: 'migration.rollback',
      value: median(measured.rollback.map((run) => run.wallMs)) / 1000,
      unit: 's',
    },
    { name: 'migration.batches', value: batches.length / auto.length, unit: 'batches' },
    { name: 'migration.batch.p50', value: percentile(batches, 0.5), unit: 'ms' },
    { name: 'migration.batch.p95', value: percentile(batches, 0.95), unit: 'ms' },
    { name: 'migration.batch.max', value: Math.max(...batches), unit: 'ms' },
    {
      name: 'migration.call.longest',
      value: longestCall([...auto, ...polite, ...quiet, ...measured.rollback]),
      unit: 'ms',
      target: LONGEST_CALL,
    },
    { name: 'migration.cli.cpu', value: median(auto.map((run) => run.probe.cpuMs)) / 1000, unit: 's' },
  ])
}

/** How what the command holds in memory grows with the songs. */
export function growthFigures(large: SizeMeasurements, small: SizeMeasurements): BenchmarkResult[] {
  const value = peakMegabytes(large.migrate.auto)
  const before = peakMegabytes(small.migrate.auto)
  return named([
    {
      name: 'migration.cli.memory',
      value,
      unit: 'MB',
      target: MEMORY_GROWTH_TARGET * before,
      peer: { name: 'a tenth of the songs', value: before },
    },
  ])
}

/** How the normalizer grows with the distinct themes when all look like each other. */
export function lookAlikeFigures(): BenchmarkResult[] {
  const few = median([1, 2, 3].map(() => normalizeLookAlikes(LOOK_ALIKES.few))) / 1000
  const many = median([1, 2, 3].map(() => normalizeLookAlikes(LOOK_ALIKES.many))) / 1000
  const peer = { name: 'a quarter of the themes', value: few }
  return named([
    {
      name: 'migration.normalize.lookAlikes',
      value: many,
      unit: 's',
      target: LOOK_ALIKES_TARGET * few,
      peer,
    },
  ])
}

/** What was promised for 10,000 songs. */
export function fixedSizeFigures(measured: SizeMeasurements): BenchmarkResult[] {
  const value = medianSeconds(measured.migrate.auto)
  return named([{ name: 'migration.10k.total', value, unit: 's', target: SECONDS_FOR_10K }])
}

function againstPeer(
  name: 'migration.cli' | 'migration.cli.polite' | 'migration.cli.quiet',
  runs: readonly MeasuredCommand[],
  { singleTransactionMs }: SizeMeasurements,
  target: number | null,
): NamedFigure[] {
  const value = medianSeconds(runs)
  const peer = median(singleTransactionMs) / 1000
  return [
    { name: `${name}.ratio`, value: value / peer, unit: 'times', target, peer: { name: PEER, value: 1 } },
    { name: `${name}.total`, value, unit: 's', peer: { name: PEER, value: peer } },
  ]
}

function quietTarget(songs: number): number | null {
  if (songs < RATIO_PROMISED_FROM) return null
  return songs < MILLION ? QUIET_TARGET : QUIET_TARGET_OF_MILLION
}

function longestCall(runs: readonly MeasuredCommand[]): number {
  return Math.max(...runs.map((run) => longestCallOf(run.probe).ms))
}

function medianSeconds(runs: readonly MeasuredCommand[]): number {
  return median(runs.map((run) => run.wallMs)) / 1000
}

function peakMegabytes(runs: readonly MeasuredCommand[]): number {
  return median(runs.map((run) => run.probe.peakKilobytes)) / 1024
}

function named(figures: readonly NamedFigure[]): BenchmarkResult[] {
  return figures.map(result)
}
