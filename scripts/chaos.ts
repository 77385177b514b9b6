import { Command, CommanderError, Option } from 'commander'
import type { ChaosRunResult } from './chaos/chaosRun.ts'
import { chaosRuns } from './chaos/chaosRuns.ts'
import { FAULT_NAMES, type FaultName } from './chaos/faults/faultNames.ts'
import { addRuns, NOTHING, nextRun, readTally, saveTally } from './chaos/tally.ts'
import { writeCounts } from './chaos/writeCounts.ts'
import { wholeNumber } from './options/wholeNumber.ts'

interface Flags {
  runs: number
  from?: number
  randomSeed: string
  only?: FaultName
  parallel: number
  continue?: boolean
  writeDocs?: boolean
  json?: boolean
}

async function run(flags: Flags): Promise<void> {
  const { randomSeed } = flags
  const before = flags.continue ? await readTally() : NOTHING
  const first = flags.from ?? nextRun(before, randomSeed)
  const results = await chaosRuns({
    ...flags,
    runs: Array.from({ length: flags.runs }, (_, index) => first + index),
    onRun: (result) => process.stderr.write(`${describe(result, flags)}\n`),
  })
  const tally = addRuns(before, randomSeed, results)
  if (flags.continue) await saveTally(tally)
  if (flags.writeDocs) await writeCounts(tally)
  const { runs, faults, divergences, seeds } = tally
  if (flags.json) process.stdout.write(`${JSON.stringify({ runs, faults, divergences, seeds })}\n`)
  else process.stdout.write(`${runs} runs, ${divergences} diverged.\n`)
  if (results.some((result) => result.divergences.length > 0)) process.exitCode = 1
}

function describe(result: ChaosRunResult, { randomSeed, only }: Flags): string {
  const { run, fault, strikes, edits, processes, form, divergences, durationMs } = result
  const verdict = divergences.length === 0 ? 'ok' : 'DIVERGED'
  const lines = [
    `${randomSeed}/${run} ${verdict} in ${(durationMs / 1000).toFixed(1)} s · ${fault} at ${strikes.join(', ') || 'no call'} · ${edits} edits, ${processes} processes, back: ${form}`,
  ]
  if (divergences.length > 0) {
    lines.push(...divergences.map((divergence) => `    ${divergence}`))
    const again = `npm run chaos -- --random-seed ${randomSeed} --from ${run} --runs 1${only ? ` --only ${only}` : ''}`
    lines.push(`    Again: ${again}`)
  }
  return lines.join('\n')
}

const program = new Command('npm run chaos --')
  .description(
    'Migrates and takes back under faults while people write, and compares each song with a model.',
  )
  .option('--runs <number>', 'how often', wholeNumber(1, 100_000), 50)
  .option(
    '--from <number>',
    'number of the first run; by default the first that is not counted yet',
    wholeNumber(1, 1_000_000),
  )
  .option('--random-seed <text>', 'the same text draws the same songs, edits and faults', '1')
  .addOption(new Option('--only <fault>', 'only this fault').choices(FAULT_NAMES))
  .option('--parallel <number>', 'runs at a time', wholeNumber(1, 16), 1)
  .option('--continue', 'add to the counts of earlier sessions, in .chaos')
  .option('--write-docs', 'write the counts into docs/faults.md')
  .option('--json', 'print one object on stdout')
  .allowExcessArguments(false)
  .exitOverride()
  .action(run)

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2)
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exit(1)
}
