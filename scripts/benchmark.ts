import { Command, CommanderError, Option } from 'commander'
import { type Regression, readBaseline, regressions } from './benchmark/baseline.ts'
import type { Benchmark, BenchmarkOptions, BenchmarkRun } from './benchmark/benchmark.ts'
import { benchmarks } from './benchmark/benchmarks.ts'
import { repeated } from './benchmark/repeated.ts'
import { type BenchmarkReport, writeReport } from './benchmark/report.ts'
import { judgedAlone } from './benchmark/result.ts'
import { textTable } from './benchmark/table.ts'
import { writeDocs } from './benchmark/writeDocs.ts'
import { wholeNumber } from './options/wholeNumber.ts'

interface Flags {
  only?: string
  songs: number
  runs: number
  repeat: number
  quick?: boolean
  json?: boolean
  report?: string
  compare?: boolean
  writeDocs?: boolean
}

type Report = BenchmarkReport & { failed: Record<string, string> }

const QUICK = { songs: 2000, runs: 1, isQuick: true }

const say = (message: string) => process.stderr.write(`${message}\n`)

async function run(flags: Flags): Promise<void> {
  const report: Report = { command: commandOf(flags), machine: undefined, results: [], failed: {} }
  const worse: Regression[] = []
  for (const [name, load] of Object.entries(benchmarks)) {
    if (flags.only !== undefined && flags.only !== name) continue
    try {
      const benchmark = await load()
      const baseline = flags.compare ? await readBaseline(name) : null
      if (flags.compare && baseline === null) say(`${name}: no figures are written yet to compare with.`)
      // Ratios of other sizes are other ratios.
      const { songs, runs, isQuick } = { isQuick: false, ...(baseline ?? (flags.quick ? QUICK : flags)) }
      const seen = await measure(benchmark, { songs, runs, isQuick, report: say }, flags.repeat)
      report.results = [...report.results, ...seen.results]
      // One that measured a database tells of it, too.
      if (!report.machine?.postgres) report.machine = seen.machine
      if (baseline) worse.push(...regressions(baseline, seen.results))
      // At once: all of it takes long, and what was seen is kept when somebody ends it.
      if (flags.report !== undefined) await writeReport(flags.report, report)
      if (flags.writeDocs) {
        const command = `npm run benchmark:tags -- --only ${name} --songs ${songs} --runs ${runs}`
        await writeDocs({ name, songs }, benchmark, seen, command)
      }
    } catch (error) {
      // The others are worth knowing all the same.
      report.failed[name] = error instanceof Error ? error.message : String(error)
      say(`${name} failed: ${report.failed[name]}`)
    }
  }
  tell(report, worse, flags)
}

/** The passes after each other; before several of them one that is small and not counted, so that none is the first. */
async function measure(
  benchmark: Benchmark,
  options: BenchmarkOptions,
  repeat: number,
): Promise<BenchmarkRun> {
  if (repeat > 1) await benchmark.run({ ...options, ...QUICK })
  const passes: BenchmarkRun[] = []
  for (let pass = 0; pass < repeat; pass += 1) passes.push(await benchmark.run(options))
  const [first] = passes
  if (first === undefined) throw new RangeError('It must be measured once at least.')
  const results = repeated(passes.map((one) => one.results))
  return {
    machine: first.machine,
    results: options.isQuick ? judgedAlone(results, benchmark.atAnySize) : results,
  }
}

/** @throws Error when a benchmark failed, or a figure has become worse against its peer */
function tell({ machine, results, failed }: Report, worse: readonly Regression[], flags: Flags): void {
  if (flags.json) process.stdout.write(`${JSON.stringify({ machine, results, failed, worse })}\n`)
  else process.stdout.write(`${JSON.stringify(machine, null, 2)}\n\n${textTable(results)}\n`)
  for (const one of worse) say(sentenceOf(one))
  if (Object.keys(failed).length > 0) throw new Error(`Failed: ${Object.keys(failed).join(', ')}.`)
  if (worse.length > 0) throw new Error(`Worse against their peers than written: ${worse.length}.`)
  if (flags.compare) say('No figure is worse against its peer than it was.')
}

function sentenceOf({ name, before, now }: Regression): string {
  return `${name}: ${now.toPrecision(3)} times its peer, ${before.toPrecision(3)} before`
}

function commandOf({ only, songs, runs, repeat, quick }: Flags): string {
  const size = quick ? ['--quick'] : ['--songs', String(songs), '--runs', String(runs)]
  const all = [
    ...(only === undefined ? [] : ['--only', only]),
    ...size,
    ...(repeat > 1 ? ['--repeat', String(repeat)] : []),
  ]
  return `npm run benchmark:tags -- ${all.join(' ')}`
}

const program = new Command('npm run benchmark:tags --')
  .description(
    'Measures the tag system against its peers, on embedded stacks of its own: all of it, in one table.',
  )
  .addOption(new Option('--only <name>', 'this benchmark alone').choices(Object.keys(benchmarks)))
  .option('--songs <number>', 'songs to work on', wholeNumber(100, 10_000_000), 10_000)
  .option('--runs <number>', 'counted repetitions of each contender', wholeNumber(1, 100), 3)
  .option(
    '--repeat <number>',
    'measure all of it so often, after a small pass that is not counted: medians, and their spread',
    wholeNumber(1, 20),
    1,
  )
  .option(
    '--quick',
    'everything small, once, in two minutes: shows that it works, and judges no promise of full size',
  )
  .option('--json', 'print one object {machine, results, failed, worse} on stdout')
  .option('--report <file>', 'write FILE.json and FILE.md')
  .option(
    '--compare',
    'measure as docs/performance.md says, and fail where a ratio to a peer is worse than there; never looks at times',
  )
  .option('--write-docs', 'put the figures into docs/performance.md')
  .allowExcessArguments(false)
  .exitOverride()
  .action(run)

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2)
  say(error instanceof Error ? error.message : String(error))
  process.exit(1)
}
