import { Command, CommanderError, Option } from 'commander'
import type { KillRunResult } from './kill/killRun.ts'
import { killRuns } from './kill/killRuns.ts'
import { wholeNumber } from './options/wholeNumber.ts'
import { createMigratedDatabase, startTemporaryCluster } from './stack/temporaryCluster.ts'

interface Flags {
  runs: number
  only?: number
  randomSeed: string
  songs: number
  parallel: number
  json?: boolean
}

async function run(flags: Flags): Promise<void> {
  const cluster = await startTemporaryCluster({ inMemory: true })
  try {
    const migrated = 'kill_migrated'
    await createMigratedDatabase(cluster, migrated)
    const all = Array.from({ length: flags.runs }, (_, index) => index + 1)
    const results = await killRuns({
      ...flags,
      cluster,
      migrated,
      back: 'every',
      runs: flags.only === undefined ? all : [flags.only],
      onRun: (result) => process.stderr.write(`${describe(result, flags)}\n`),
    })
    const failed = results.filter((result) => result.divergences.length > 0)
    const kills = results.flatMap((result) => result.kills.filter((kill) => kill.at !== undefined)).length
    if (flags.json)
      process.stdout.write(
        `${JSON.stringify({ runs: results.length, kills, failed: failed.length, results })}\n`,
      )
    else process.stdout.write(`${results.length} runs, ${kills} kills, ${failed.length} runs diverged.\n`)
    if (failed.length > 0) process.exitCode = 1
  } finally {
    await cluster.stop()
  }
}

function describe(
  { run, kills, divergences, durationMs }: KillRunResult,
  { randomSeed, songs }: Flags,
): string {
  const moments = kills.map(
    ({ command, moment, at, batches, batchesBack }) =>
      `${command} at ${moment}: ${at === undefined ? 'ended before' : at}, ${command === 'rollback' ? `${batchesBack} batches back` : `${batches} batches`}`,
  )
  const verdict = divergences.length === 0 ? 'ok' : 'DIVERGED'
  const lines = [
    `${randomSeed}/${run} ${verdict} in ${(durationMs / 1000).toFixed(1)} s · ${moments.join(' · ')}`,
  ]
  if (divergences.length > 0) {
    lines.push(...divergences.map((divergence) => `    ${divergence}`))
    lines.push(`    Again: npm run kill -- --random-seed ${randomSeed} --only ${run} --songs ${songs}`)
  }
  return lines.join('\n')
}

const program = new Command('npm run kill --')
  .description(
    'Kills migrations and rollbacks with SIGKILL at seeded moments and compares how they end after all.',
  )
  .addOption(
    new Option('--runs <number>', 'how often')
      .argParser(wholeNumber(1, 10_000))
      .default(50)
      .conflicts('only'),
  )
  .option('--only <number>', 'replay the run of this number', wholeNumber(1, 10_000))
  .option('--random-seed <text>', 'the same text draws the same moments', '1')
  .option('--songs <number>', 'songs to migrate', wholeNumber(10, 1_000_000), 1000)
  .option('--parallel <number>', 'runs at a time', wholeNumber(1, 16), 1)
  .option('--json', 'print one object on stdout')
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
