import { Command, CommanderError, Option } from 'commander'
import type { BenchmarkRun } from './benchmark/benchmark.ts'
import { benchmarks } from './benchmark/benchmarks.ts'
import { textTable } from './benchmark/table.ts'
import { writeDocs } from './benchmark/writeDocs.ts'
import { wholeNumber } from './options/wholeNumber.ts'

interface Flags {
  only?: string
  songs: number
  runs: number
  quick?: boolean
  json?: boolean
  writeDocs?: boolean
}

async function run(flags: Flags): Promise<void> {
  const { songs, runs } = flags.quick ? { songs: 2000, runs: 1 } : flags
  const runsByName = new Map<string, BenchmarkRun>()
  for (const [name, benchmark] of Object.entries(benchmarks)) {
    if (flags.only !== undefined && flags.only !== name) continue
    const seen = await benchmark.run({
      songs,
      runs,
      report: (message) => process.stderr.write(`${message}\n`),
    })
    runsByName.set(name, seen)
    if (flags.writeDocs) {
      const command = `npm run benchmark:tags -- --only ${name} --songs ${songs} --runs ${runs}`
      await writeDocs(name, benchmark, seen, command)
    }
  }
  print([...runsByName.values()], flags.json)
}

function print(runs: readonly BenchmarkRun[], json = false): void {
  const results = runs.flatMap((one) => one.results)
  const machine = runs[0]?.machine
  if (json) process.stdout.write(`${JSON.stringify({ machine, results })}\n`)
  else process.stdout.write(`${JSON.stringify(machine, null, 2)}\n\n${textTable(results)}\n`)
}

const program = new Command('npm run benchmark:tags --')
  .description('Measures the tag system against its peers, on an embedded stack of its own.')
  .addOption(new Option('--only <name>', 'this benchmark alone').choices(Object.keys(benchmarks)))
  .option('--songs <number>', 'songs to work on', wholeNumber(100, 10_000_000), 10_000)
  .option('--runs <number>', 'counted repetitions of each contender', wholeNumber(1, 100), 3)
  .option('--quick', '2,000 songs, once: shows that it works, not how fast')
  .option('--json', 'print one object {machine, results} on stdout')
  .option('--write-docs', 'put the figures into docs/performance.md')
  .allowExcessArguments(false)
  .exitOverride()
  .action(run)

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2)
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
