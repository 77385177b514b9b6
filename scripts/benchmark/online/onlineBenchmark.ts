import { seed } from '../../seed/seed.ts'
import type { Benchmark, BenchmarkOptions, BenchmarkRun } from '../benchmark.ts'
import { describeMachine } from '../machine.ts'
import { measureCommand } from '../migration/measureCommand.ts'
import { lengthOf, PHASES, phasesOf } from '../migration/phases.ts'
import { keepPlan } from '../migration/singleTransaction.ts'
import { type OwnStack, startOwnStack } from '../ownStack.ts'
import { type BenchmarkResult, type Figure, result } from '../result.ts'
import { median } from '../statistics.ts'
import { FIGURES, type FigureName } from './figureNames.ts'
import { measureWindows, type Round } from './measureWindows.ts'
import { signInWriter, type Tag } from './songWriter.ts'
import type { Writes } from './steadyWrites.ts'
import { latencyOf, writesDuring } from './writesDuring.ts'

const RATIO_TARGET = 1.6
/** Milliseconds. */
const ADDED_TARGET = 25
const SONGS_WRITTEN_ON = 5000
const IDLE_MS = 20_000
/** To see only that it works. */
const QUICK_IDLE_MS = 2000

/** What people feel while a polite migration runs, and what their writing costs it. */
export const onlineBenchmark: Benchmark = { figures: FIGURES, atAnySize: ['online.writer.errors'], run }

async function run({ songs, runs, isQuick, report }: BenchmarkOptions): Promise<BenchmarkRun> {
  const stack = await startOwnStack()
  try {
    await seed({ dbUrl: stack.dbUrl, source: { songs }, randomSeed: 'benchmark', whenNotEmpty: 'refuse' })
    const writer = await signInWriter(stack)
    await measureCommand('migrate', ['--yes', '--profile', 'quiet'], stack)
    await keepPlan(stack.sql)
    const rounds = await measureWindows(stack, writer, {
      rounds: runs,
      profile: 'polite',
      idleMs: isQuick ? QUICK_IDLE_MS : IDLE_MS,
      songIds: await someSongs(stack),
      tags: await standardTags(stack),
      report,
    })
    return { machine: await describeMachine(stack.sql), results: figuresOf(rounds) }
  } finally {
    await stack.stop()
  }
}

async function someSongs({ sql }: OwnStack): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select s.id::text from public.songs as s order by md5(s.id::text) limit ${SONGS_WRITTEN_ON}`
  return rows.map((row) => row.id)
}

async function standardTags({ sql }: OwnStack): Promise<Tag[]> {
  return await sql<Tag[]>`select t.id::text, t.name from public.tags as t where t.is_standard order by t.name`
}

function figuresOf(rounds: readonly Round[]): BenchmarkResult[] {
  const migrateSeconds = median(rounds.map((round) => round.migrate.wallMs)) / 1000
  const peerSeconds = median(rounds.map((round) => round.singleTransactionMs)) / 1000
  return named([
    {
      name: 'online.polite.ratio',
      value: migrateSeconds / peerSeconds,
      unit: 'times',
      target: RATIO_TARGET,
      peer: { name: 'single SQL transaction', value: 1 },
    },
    {
      name: 'online.writer.p99.added',
      value: median(rounds.map(({ migrating, idle }) => at(migrating, 0.99) - at(idle, 0.99))),
      unit: 'ms',
      target: ADDED_TARGET,
    },
    ...againstIdle('online.writer.p99', rounds, 0.99),
    ...againstIdle('online.writer.p50', rounds, 0.5),
    ...phaseFigures(rounds),
    {
      name: 'online.writer.errors',
      value: rounds.reduce(
        (sum, { migrating, idle }) => sum + migrating.errors.length + idle.errors.length,
        0,
      ),
      unit: 'errors',
      target: 0,
    },
    {
      name: 'online.window.shortest',
      value: Math.min(...rounds.map((round) => round.migrate.wallMs)) / 1000,
      unit: 's',
    },
  ])
}

/** Phases in which nobody wrote are as short as to say nothing. */
function phaseFigures(rounds: readonly Round[]): NamedFigure[] {
  return PHASES.flatMap((phase): NamedFigure[] => {
    const seen = rounds.map(({ migrate, migrating }) => {
      const interval = phasesOf(migrate.probe)[phase]
      return { lengthMs: lengthOf(interval), writes: writesDuring(interval, migrate.probe, migrating) }
    })
    const p99s = seen.flatMap(({ writes }) => (writes.length === 0 ? [] : [latencyOf(writes, 0.99)]))
    return [
      { name: `online.${phase}`, value: median(seen.map(({ lengthMs }) => lengthMs)) / 1000, unit: 's' },
      ...(p99s.length === 0
        ? []
        : [{ name: `online.${phase}.p99`, value: median(p99s), unit: 'ms' } satisfies NamedFigure]),
    ]
  })
}

function againstIdle(name: FigureName, rounds: readonly Round[], share: number): NamedFigure[] {
  return [
    {
      name,
      value: median(rounds.map((round) => at(round.migrating, share))),
      unit: 'ms',
      peer: { name: 'idle window', value: median(rounds.map((round) => at(round.idle, share))) },
    },
  ]
}

function at(writes: Writes, share: number): number {
  return latencyOf(writes.all, share)
}

interface NamedFigure extends Figure {
  name: FigureName
}

function named(figures: readonly NamedFigure[]): BenchmarkResult[] {
  return figures.map(result)
}
